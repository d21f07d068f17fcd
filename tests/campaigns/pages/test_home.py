"""Home: the newest campaigns as cards, on the map, as lines on a phone, and by country."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from campaigns.pages.home import CAMPAIGNS_ON_HOME, CARDS_ON_HOME, LINES_ON_HOME
from petitions.models import Count

from ...factories import make_campaign, make_city, make_picture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_pages")]


def city(slug, country="US", latitude=40, longitude=-100):
    return make_city(slug, country=country, latitude=latitude, longitude=longitude)


def home(client):
    return client.get("/en/")


def counted(petition, dimension, key, count):
    Count.objects.create(petition=petition, dimension=dimension, key=key, count=count)


class TestCards:
    def test_first_card_is_large_and_its_picture_comes_first(self, client):
        make_picture(campaign=make_campaign("older", published_at=timezone.now() - timedelta(days=9)), is_hero=True)
        make_picture(campaign=make_campaign("newer"), is_hero=True)
        page = home(client).content.decode()
        assert page.count("campaign-card first") == 1
        assert page.count('fetchpriority="high"') == 1
        assert page.index("Headline of newer") < page.index("Headline of older")

    def test_card_without_a_picture_is_a_small_one(self, client):
        make_campaign()
        assert b"campaign-card first" not in home(client).content

    def test_many_campaigns_stay_bounded(self, client):
        for number in range(CAMPAIGNS_ON_HOME + 2):
            make_campaign(f"campaign-{number}")
        context = home(client).context
        assert len(context["pages"]) == CARDS_ON_HOME
        assert len(context["map"].arcs) == CAMPAIGNS_ON_HOME
        assert len(context["lines"].lines) == LINES_ON_HOME

    def test_button_says_how_many_there_are_with_the_closed_ones(self, client):
        make_campaign("open")
        make_campaign("closed", status="closed", closed_at=timezone.now())
        assert "All 2 campaigns" in home(client).content.decode()

    def test_no_campaign_no_map(self, client):
        page = home(client).content.decode()
        assert "twin-map" not in page
        assert "No campaign is open" in page


class TestTogether:
    def test_signatures_countries_and_the_week_are_those_of_visible_campaigns(self, client):
        petition = make_campaign().petition
        today = datetime.now(UTC).date()
        counted(petition, "total", "", 1200)
        counted(petition, "country", "IT", 800)
        counted(petition, "country", "KR", 400)
        counted(petition, "country", "FR", 0)
        counted(petition, "day", str(today), 30)
        counted(petition, "day", str(today - timedelta(days=6)), 12)
        counted(petition, "day", str(today - timedelta(days=7)), 500)
        counted(make_campaign("draft", status="draft").petition, "total", "", 9)
        page = home(client).content.decode()
        assert "<strong>1,200</strong> signatures from 2 countries" in page
        assert "<strong>42</strong> this week" in page

    def test_nothing_is_said_of_nothing(self, client):
        make_campaign()
        assert 'class="pulse"' not in home(client).content.decode()


class TestMap:
    def spots(self, client):
        return {spot.name: spot for spot in home(client).context["map"].spots}

    def test_city_of_two_campaigns_is_drawn_once(self, client):
        daegu = city("daegu", "KR", 36, 128)
        make_campaign("one", asked_city=city("milan", "IT", 45, 9), other_city=daegu)
        make_campaign("two", asked_city=city("atlanta"), other_city=daegu)
        assert sorted(self.spots(client)) == ["Atlanta", "Daegu", "Milan"]

    def test_two_cities_of_one_name_are_two(self, client):
        first = make_campaign("one", asked_city=city("first"))
        second = make_campaign("two", asked_city=city("second"))
        for campaign in (first, second):
            campaign.asked_city.names.update(name="Birmingham")
        assert [spot.name for spot in home(client).context["map"].spots].count("Birmingham") == 2

    def test_cities_on_both_sides_of_the_date_line_are_neighbours(self, client):
        make_campaign(asked_city=city("suva", "FJ", -18, 178.4), other_city=city("apia", "WS", -14, -171.8))
        spots = self.spots(client)
        assert abs(spots["Suva"].point[0] - spots["Apia"].point[0]) < 40

    @pytest.mark.parametrize(
        ("latitude", "longitude", "edge"),
        [(64, -21.9, "left"), (-8, -34.9, "right"), (70, 19, "top"), (-46, 170.5, "bottom")],
    )
    def test_city_beyond_the_map_stands_at_its_nearer_edge(self, client, latitude, longitude, edge):
        make_campaign(asked_city=city("far", "IS", latitude, longitude))
        x, y = self.spots(client)["Far"].point
        assert {"left": x, "right": 1000 - x, "top": y, "bottom": 400 - y}[edge] == 10
        assert 0 < x < 1000
        assert 0 < y < 400

    def test_numbers_in_paths_have_a_point_in_every_language(self, client):
        make_campaign(asked_city=city("seattle", "US", 47.6, -122.3))
        page = client.get("/it/").content.decode()
        assert re.search(r'd="M\d+\.\d+ ', page)
        assert not re.search(r' (?:d|x|y|cx|cy)="[^"]*\d,\d', page)


class TestLines:
    def test_each_asked_city_links_to_its_campaign_and_says_about_whom(self, client):
        make_campaign(asked_city=city("milan", "IT"), other_city=city("daegu", "KR"))
        page = home(client).content.decode()
        link = r'<a href="/en/campaigns/milan-daegu/"><bdi>Milan</bdi><span class="visually-hidden">, Daegu</span></a>'
        assert re.search(link, page)

    def test_lines_do_not_cross_where_they_need_not(self, client):
        for asked, other in (("alpha", "zeta"), ("beta", "yota"), ("gamma", "xi")):
            make_campaign(asked, asked_city=city(asked), other_city=city(other, "KR"))
        names = [row.name for row in home(client).context["lines"].others]
        assert names == ["South Korea", "Zeta", "Yota", "Xi"]

    def test_line_ends_at_the_middle_of_its_rows(self, client):
        make_campaign(asked_city=city("milan", "IT"), other_city=city("daegu", "KR"))
        (line,) = home(client).context["lines"].lines
        assert line.here_path.startswith("M0 75.0C")
        assert line.there_path.endswith(" 100 75.0")


class TestByCountry:
    def test_pairs_are_found_from_either_side(self, client):
        daegu = city("daegu", "KR")
        make_campaign("one", asked_city=city("milan", "IT"), other_city=daegu)
        make_campaign("two", asked_city=city("atlanta", "US"), other_city=daegu)
        countries = {country.name: country for country in home(client).context["countries"]}
        assert [page.asked for page in countries["Italy"].asked] == ["Milan"]
        assert [(other.name, other.askers) for other in countries["South Korea"].others] == [
            ("Daegu", ["Atlanta", "Milan"])
        ]

    def test_country_links_to_all_its_campaigns_where_not_all_are_listed(self, client):
        make_campaign("open", asked_city=city("milan", "IT"))
        assert "?country=IT" not in home(client).content.decode()
        make_campaign("closed", status="closed", closed_at=timezone.now())
        assert '<h3><a href="/en/campaigns/?country=IT">Italy</a></h3>' in home(client).content.decode()

    def test_city_with_one_campaign_links_there_and_with_several_to_all_of_them(self, client):
        daegu = city("daegu", "KR")
        make_campaign("one", asked_city=city("milan", "IT"), other_city=daegu)
        assert '<a href="/en/campaigns/one/"><bdi class="there">Daegu</bdi>' in home(client).content.decode()
        make_campaign("two", asked_city=city("atlanta", "US"), other_city=daegu)
        assert '<a href="/en/campaigns/?city=Daegu"><bdi class="there">Daegu</bdi>' in home(client).content.decode()
