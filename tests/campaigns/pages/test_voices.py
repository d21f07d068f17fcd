"""The three comments that say why people sign."""

import pytest

from campaigns.pages.voices import LONGEST, voices
from campaigns.reading.page import page_or_404

from ...factories import make_campaign, make_comment, make_signature, written_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign():
    return make_campaign()


def say(campaign, text, city=None, language="", **fields):
    """A signer's comment, from a city of the campaign or from elsewhere."""
    place = {"city": city.native_name, "country": city.country} if city else {"city": "Oslo", "country": "NO"}
    signature = make_signature(campaign.petition, **place)
    return make_comment(campaign.petition, signature=signature, text=text, **written_in(language), **fields)


def chosen(campaign):
    return [(voice.comment.text, voice.side) for voice in voices(page_or_404(campaign.slug))]


def test_voices_are_of_the_reader_and_of_both_cities(campaign):
    say(campaign, "from the other", campaign.other_city, language="ko")
    say(campaign, "from the asked", campaign.asked_city, language="it")
    say(campaign, "in English", language="en")
    for number in range(4):
        say(campaign, f"newer {number}", language="fr")
    assert chosen(campaign) == [("in English", "world"), ("from the other", "other"), ("from the asked", "asked")]


def test_newest_fill_up_what_nobody_said(campaign):
    for number in range(4):
        say(campaign, f"said {number}", language="fr")
    assert chosen(campaign) == [("said 3", "world"), ("said 2", "world"), ("said 1", "world")]


def test_long_comment_is_left_to_the_page_of_all(campaign):
    say(campaign, "x" * (LONGEST + 1))
    assert chosen(campaign) == []


def test_unsigned_comment_is_of_the_world(campaign):
    make_comment(campaign.petition, text="unsigned")
    assert chosen(campaign) == [("unsigned", "world")]


def test_comment_that_waits_is_no_voice(campaign):
    say(campaign, "waiting", state="pending")
    assert chosen(campaign) == []
