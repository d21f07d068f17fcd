"""Asking one friend: a message in the asked city's language, and an honest question whether it was sent."""

from html import unescape
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from campaigns.models import Campaign, CityName, DeedCount
from campaigns.reading.page import pages
from campaigns.sharing.asking import message, ways_to_ask
from petitions.links import token_for
from petitions.models import PetitionText

from ...factories import make_campaign, make_city, make_hours, make_number, make_signature

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_pages")]

PERSON = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0", "Sec-Fetch-Site": "same-origin"}
CLICK = PERSON | {"Sec-Fetch-Mode": "navigate"}


@pytest.fixture
def campaign():
    campaign = make_campaign()
    PetitionText.objects.create(
        petition=campaign.petition, language="it", title="Titolo italiano", addressed_to="al Sindaco", body="Chiediamo"
    )
    CityName.objects.create(city=campaign.asked_city, language="it", name="Milano")
    return campaign


def page_of(campaign, language="en"):
    return pages(Campaign.objects.filter(pk=campaign.pk), language)[0]


def own_page(campaign, **fields):
    return f"/en/signatures/{token_for(make_signature(campaign.petition, **fields))}/"


def html_of(client, path, **query):
    return unescape(client.get(path, query).content.decode())


def answer(client, path, sent):
    return client.post(f"{path}asked/", {"sent": sent}, headers=PERSON)


def test_message_speaks_the_asked_citys_language_with_title_and_link_in_it(campaign):
    asking = message(page_of(campaign))
    assert asking.words.language == "it"
    assert "Titolo italiano" in asking.words.text
    assert f"/it/campaigns/{campaign.slug}/" in asking.words.text
    assert "Title milan-daegu (en)" in asking.meaning


def test_message_to_a_reader_of_that_language_needs_no_meaning(campaign):
    assert message(page_of(campaign, "it")).meaning == ""


def test_city_whose_language_the_interface_lacks_is_asked_in_the_readers():
    city = make_city("lisbon", country="PT", native_language="pt")
    asking = message(page_of(make_campaign(asked_city=city), "ko"))
    assert asking.words.language == "ko"


@pytest.mark.parametrize(("country", "first"), [("IT", "WhatsApp"), ("JP", "LINE"), ("KR", "SMS")])
def test_likeliest_way_of_the_country_comes_first(country, first):
    page = page_of(make_campaign(asked_city=make_city("there", country=country)))
    ways = ways_to_ask(page, message(page))
    assert ways[0].name == first
    assert len({way.name for way in ways}) == len(ways)


def test_every_way_carries_the_message(client, campaign):
    page = page_of(campaign)
    text = message(page).words.text
    for way in ways_to_ask(page, message(page)):
        if way.deed:
            assert "Titolo italiano" in unquote(way.url)
        else:
            target = client.get(way.url, headers=CLICK).headers["Location"]
            said = parse_qs(urlsplit(target).query)["text"][0]
            assert said == text or said == text.replace(message(page).url, "").strip()


def test_own_page_shows_the_message_marked_with_its_language(client, campaign):
    html = html_of(client, own_page(campaign))
    assert '<p class="ready" id="message" lang="it" dir="ltr">' in html
    assert "Titolo italiano" in html


def test_yes_is_counted_and_moves_the_next_steps_up(client, campaign):
    path = own_page(campaign)
    back = answer(client, path, "yes").headers["Location"]
    assert DeedCount.objects.get().channel == "asked"
    assert back.endswith("#friend")
    html = unescape(client.get(back.partition("#")[0]).content.decode())
    assert "You asked a friend" in html
    assert "Titolo italiano" not in html
    assert html.count('class="done"') == 2


def test_not_yet_is_counted_nowhere_and_shrinks_the_box_too(client, campaign):
    back = answer(client, own_page(campaign), "later").headers["Location"]
    assert not DeedCount.objects.exists()
    html = unescape(client.get(back.partition("#")[0]).content.decode())
    assert "Titolo italiano" not in html
    assert html.count('class="done"') == 1


def test_reload_after_the_answer_keeps_the_state_and_drops_the_thanks(client, campaign):
    html = html_of(client, own_page(campaign), asked="yes", done="asked-yes.1764000000")
    assert "You asked a friend" in html
    assert 'role="status"' not in html


@pytest.mark.parametrize("sent", ["", "no", "x" * 1000])
def test_other_answers_are_a_bad_request(client, campaign, sent):
    assert answer(client, own_page(campaign), sent).status_code == 400


def test_looking_counts_nothing(client, campaign):
    path = own_page(campaign)
    assert client.get(f"{path}asked/", headers=CLICK).status_code == 405
    client.get(f"{path}?asked=yes", headers=CLICK)
    assert not DeedCount.objects.exists()


def test_withdrawn_signer_counts_nothing(client, campaign):
    answer(client, own_page(campaign, state="withdrawn"), "yes")
    assert not DeedCount.objects.exists()


@pytest.mark.parametrize(("number", "is_told"), [(9, False), (10, True)])
def test_number_of_yeses_is_told_from_ten_on(client, campaign, number, is_told):
    DeedCount.objects.create(campaign=campaign, channel="asked", day="2026-01-01", count=number)
    assert ("We count the yeses" in html_of(client, own_page(campaign))) == is_told


def test_steps_name_the_letters_languages_and_the_open_office(client, campaign):
    target = campaign.campaign_targets.get().target
    make_number(target)
    make_hours(target)
    html = html_of(client, own_page(campaign))
    assert "Petitions are counted; letters are read." in html
    assert "Open now, until" in html or "Open day and night" in html


def test_ended_campaign_asks_for_nothing(client, campaign):
    Campaign.objects.update(status="closed", closed_at="2026-01-01T00:00Z")
    assert "Did you send it?" not in html_of(client, own_page(campaign))
