"""All campaigns, page by page, by country, by letter and by city."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from campaigns.models import Campaign, CityName
from campaigns.pages import listing
from campaigns.pages.initials import initial_of
from campaigns.studio.naming import settle_names
from petitions.models import Place, Spelling
from petitions.throttling import overrides

from ...factories import make_campaign, make_city

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_pages")]
LIST = "/en/campaigns/"


def shown(client, url=LIST):
    response = client.get(url)
    assert response.status_code == 200
    return re.findall(r"Headline of ([\w-]+)", response.content.decode())


def pair(slug, *cities, **fields):
    asked, other = cities
    return make_campaign(slug, asked_city=asked, other_city=other, **fields)


@pytest.fixture
def milan():
    city = make_city("milan", native_name="Milano")
    CityName.objects.create(city=city, language="ko", name="밀라노")
    settle_names(city)
    return city


@pytest.fixture
def daegu():
    return make_city("daegu", country="KR", native_name="대구", native_language="ko")


class TestPages:
    def test_every_campaign_is_found_by_going_on(self, client, monkeypatch):
        monkeypatch.setattr(listing, "CAMPAIGNS_A_PAGE", 2)
        for number in range(5):
            make_campaign(f"c{number}")
        Campaign.objects.filter(slug="c0").update(published_at=timezone.now())
        Campaign.objects.exclude(slug="c0").update(published_at=timezone.now() - timedelta(days=3))
        url, seen = LIST, []
        while url:
            html = client.get(url).content.decode()
            seen += re.findall(r"Headline of (c\d)", html)
            following = re.search(r'rel="next" href="([^"]+)"', html)
            url = LIST + following[1] if following else ""
        assert seen == ["c0", "c4", "c3", "c2", "c1"]

    def test_next_page_keeps_the_country(self, client, monkeypatch, milan, daegu):
        monkeypatch.setattr(listing, "CAMPAIGNS_A_PAGE", 1)
        pair("one", milan, daegu)
        pair("two", daegu, milan)
        html = client.get(f"{LIST}?country=IT").content.decode()
        assert re.search(r'rel="next" href="\?country=IT&amp;before=\d+"', html)

    @pytest.mark.parametrize("before", ["x", "-1", "999999999"])
    def test_key_of_no_campaign_is_no_page(self, client, before):
        assert client.get(f"{LIST}?before={before}").status_code == 404

    def test_hundredth_page_costs_what_the_first_does(self, client, monkeypatch):
        monkeypatch.setattr(listing, "CAMPAIGNS_A_PAGE", 1)
        campaigns = [make_campaign(f"c{number}") for number in range(3)]
        counts = []
        client.get(LIST)
        overrides.get()
        for query in (f"?before={campaigns[2].pk}", f"?before={campaigns[1].pk}"):
            with CaptureQueriesContext(connection) as statements:
                client.get(LIST + query)
            counts.append(len(statements))
        assert counts[0] == counts[1]


class TestBrowsing:
    def test_by_the_country_of_either_city(self, client, milan, daegu):
        pair("milan-daegu", milan, daegu)
        pair("lyon-nantes", make_city("lyon", country="FR"), make_city("nantes", country="FR"))
        assert shown(client, f"{LIST}?country=KR") == shown(client, f"{LIST}?country=IT") == ["milan-daegu"]
        assert shown(client, f"{LIST}?country=FR") == ["lyon-nantes"]

    def test_countries_are_named_with_their_campaigns(self, client, milan, daegu):
        pair("milan-daegu", milan, daegu)
        pair("lyon-nantes", make_city("lyon", country="FR"), make_city("nantes", country="FR"))
        html = client.get("/it/campaigns/").content.decode()
        assert re.findall(r">([\w ]+) <small>(\d)<", html)[:3] == [
            ("Corea del Sud", "1"),
            ("Francia", "1"),
            ("Italia", "1"),
        ]

    def test_by_letter_in_the_readers_language(self, client, milan, daegu):
        pair("milan-daegu", milan, daegu)
        assert shown(client, f"{LIST}?letter=m") == ["milan-daegu"]
        assert shown(client, "/ko/campaigns/?letter=ㅁ") == ["milan-daegu"]
        assert client.get("/ko/campaigns/?letter=M").status_code == 404

    @pytest.mark.parametrize("query", ["country=NO", "letter=Q", "country=IT&letter=D"])
    def test_where_no_campaign_is_the_page_says_so(self, client, milan, daegu, query):
        pair("milan-daegu", milan, daegu)
        assert client.get(f"{LIST}?{query}").status_code == 404

    @pytest.mark.parametrize("query", ["country=ZZ", "letter=1", "letter=", "country="])
    def test_what_is_no_country_or_letter_is_the_whole_list(self, client, milan, daegu, query):
        pair("milan-daegu", milan, daegu)
        assert shown(client, f"{LIST}?{query}") == ["milan-daegu"]

    def test_draft_is_in_no_list(self, client, milan, daegu):
        pair("milan-daegu", milan, daegu, status="draft", published_at=None)
        assert shown(client) == []
        assert client.get(f"{LIST}?country=IT").status_code == 404


class TestFinding:
    @pytest.mark.parametrize("city", ["Milan", "milà", "MILANO", "밀라", "Milan, Italy", "Milano (MI)", "20121 Milano"])
    def test_city_is_found_by_how_any_of_its_names_begins(self, client, milan, daegu, city):
        pair("milan-daegu", milan, daegu)
        assert shown(client, f"{LIST}?city={city}") == ["milan-daegu"]

    @pytest.mark.parametrize("city", ["Roma", "ilan", "%", "_", "\\", "()", "🙂", "1"])
    def test_other_text_finds_nothing_and_helps(self, client, milan, daegu, city):
        pair("milan-daegu", milan, daegu)
        html = client.get(LIST, {"city": city}).content.decode()
        assert "Headline of" not in html
        assert "yet" in html

    def test_spaces_alone_are_the_whole_list(self, client, milan, daegu):
        pair("milan-daegu", milan, daegu)
        assert shown(client, f"{LIST}?city=+++") == ["milan-daegu"]

    def test_both_cities_of_one_name_are_found(self, client, daegu):
        for slug in ("maine", "oregon"):
            pair(slug, make_city(slug, native_name="Portland", country="US"), daegu)
        assert sorted(shown(client, f"{LIST}?city=portland")) == ["maine", "oregon"]

    def test_text_is_cut_before_anything_else_looks_at_it(self, client):
        html = client.get(LIST, {"city": "x" * 500}).content.decode()
        assert "x" * 100 in html
        assert "x" * 101 not in html

    def test_names_are_looked_up_in_an_index(self):
        places = Place.objects.bulk_create(Place(name=f"City {number}", country="IT") for number in range(1000))
        names = ((place, f"name {number} of {place.pk}") for place in places for number in range(5))
        Spelling.objects.bulk_create(Spelling(place=of, country="IT", key=key, source="name") for of, key in names)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE petitions_spelling")
        assert "spelling_begins" in listing._cities_called("mil").explain()


@pytest.mark.parametrize(
    ("name", "initial"),
    [
        ("Milano", "M"),
        ("Élancourt", "E"),
        ("Ålesund", "A"),
        ("Łódź", "L"),
        ("østerbro", "O"),
        ("ß", "S"),
        ("대구", "ㄷ"),
        ("까치", "ㄱ"),
        ("ㄷ", "ㄷ"),
        ("大邱", "大"),
        ("ガ", "カ"),
        ("أتلانتا", "ا"),
        ("Москва", "М"),
        ("'s-Hertogenbosch", "S"),
        ("", ""),
        ("123", ""),
    ],
)
def test_initial_in_any_script(name, initial):
    assert initial_of(name) == initial
