"""A campaign as one reader sees it."""

import pytest

from campaigns.models import Campaign, CampaignTarget, CampaignText, CityName, Contact, Story, Target
from campaigns.reading.page import pages
from campaigns.studio.naming import settle_names
from petitions import counting, signing

from ...factories import make_campaign, make_city, make_number, make_signature, make_target

pytestmark = pytest.mark.django_db


def page(language="en"):
    return pages(Campaign.objects.all(), language)[0]


def with_story(**texts):
    story = Story.objects.create(name="Shared")
    for language, headline in texts.items():
        CampaignText.objects.create(story=story, language=language, headline=headline, body="Shared in {other_city}.")
    return story


def test_own_words_go_before_the_story():
    make_campaign(story=with_story(en="Shared headline"))
    assert str(page().headline) == "Headline of milan-daegu"


def test_story_fills_what_the_campaign_leaves_out():
    make_campaign(story=with_story(en="Shared headline"))
    CampaignText.objects.filter(campaign__isnull=False).update(headline="")
    assert str(page().headline) == "Shared headline"


def test_story_in_the_readers_language_goes_before_own_words_in_another():
    make_campaign(story=with_story(it="Titolo comune"))
    assert str(page("it").headline) == "Titolo comune"


def test_text_in_another_language_says_so():
    make_campaign()
    headline = page("ko").headline
    assert headline.is_foreign
    assert headline.attrs == ' lang="en" dir="ltr"'


def test_placeholder_speaks_the_language_of_its_text():
    campaign = make_campaign(story=with_story(it="Chiedi a {other_city}"))
    CityName.objects.create(city=campaign.other_city, language="it", name="Taegu")
    assert str(page("it").headline) == "Chiedi a Taegu"


def test_correcting_a_story_corrects_every_campaign():
    story = with_story(en="Old")
    for slug in ("one", "two"):
        make_campaign(slug, story=story)
    CampaignText.objects.filter(campaign__isnull=False).delete()
    CampaignText.objects.filter(story=story).update(headline="New")
    assert {str(each.headline) for each in pages(Campaign.objects.all(), "en")} == {"New"}


def test_campaign_without_words_is_named_after_its_cities():
    make_campaign()
    CampaignText.objects.all().delete()
    assert "–" in str(page().headline)


def test_thermometer_matches_cities_in_every_language():
    milan = make_city("milan")
    CityName.objects.create(city=milan, language="it", name="Milano", also_written="Milàn\nMediolanum")
    settle_names(milan)
    campaign = make_campaign(asked_city=milan)
    for city in ("Milano", "MILAN", "mediolanum", "Roma"):
        signing.confirm(make_signature(campaign.petition, state="pending", city=city))
    counting.roll_up()
    assert (page().thermometer.asked, page().thermometer.world) == (3, 1)


def test_namesake_city_in_another_country_is_the_world():
    campaign = make_campaign(asked_city=make_city("milan"))
    signing.confirm(make_signature(campaign.petition, state="pending", city="Milan", country="US"))
    counting.roll_up()
    assert page().thermometer.asked == 0


@pytest.mark.parametrize("number", [1, 3])
def test_pages_take_the_same_statements_for_any_number(number, django_assert_num_queries):
    for position in range(number):
        make_campaign(f"campaign-{position}")
    with django_assert_num_queries(5):
        for each in pages(Campaign.objects.all(), "en"):
            assert each.headline
            assert each.thermometer
            assert each.decider


def test_two_offices_with_one_number_both_remain_named():
    campaign = make_campaign()
    other = make_target(campaign.asked_city, name="Ugo Neri", email="ugo@milan.example")
    CampaignTarget.objects.create(campaign=campaign, target=other, role="staff", position=1)
    for target in Target.objects.all():
        make_number(target, "02 884 50136")
        Contact.objects.create(target=target, kind="facebook", value="https://social.example/milan")
        Contact.objects.create(target=target, kind="x", value="https://x.com/milan")
    assert [card.name for card, _contact in page().telephones] == ["Giulia Bianchi", "Ugo Neri"]
    assert [card.name for card, _contact in page().social_pages] == ["Giulia Bianchi", "Ugo Neri"]
    assert len(page().x_pages) == 1


def test_number_that_one_office_wrote_twice_stands_once():
    make_campaign()
    for value in ("02 884 50136", "+39 02 8845 0136"):
        make_number(Target.objects.get(), value)
    assert len(page().telephones) == 1
