"""The sections of a campaign page."""

from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns.models import (
    Campaign,
    Letter,
    LetterText,
    Post,
    Story,
    Update,
    UpdateText,
)
from campaigns.pages.sections import Sections
from campaigns.reading.page import pages

from ...factories import make_campaign

pytestmark = pytest.mark.django_db


def sections(language="en"):
    return Sections(pages(Campaign.objects.all(), language)[0])


def shared_letter(story):
    letter = Letter.objects.create(story=story, name="Shared letter")
    LetterText.objects.create(letter=letter, language="en", subject="Ask {other_city}", body="Dear {decider},")


def test_story_letter_serves_a_campaign_without_its_own():
    story = Story.objects.create(name="Shared")
    shared_letter(story)
    make_campaign(story=story, letter="")
    assert [letter.text.letter.name for letter in sections().letters.all] == ["Shared letter"]


def test_own_letter_takes_the_place_of_the_storys():
    story = Story.objects.create(name="Shared")
    shared_letter(story)
    make_campaign(story=story)
    assert [letter.text.letter.name for letter in sections().letters.all] == ["Letter to the Mayor"]


def test_letter_in_the_targets_language_stands_first():
    make_campaign()
    LetterText.objects.create(letter=Letter.objects.get(), language="it", subject="s", body="b")
    assert [letter.body.language for letter in sections("en").letters.all] == ["it", "en"]


def test_post_in_the_readers_language_stands_first():
    campaign = make_campaign()
    for language in ("en", "ko", "it"):
        Post.objects.create(campaign=campaign, language=language, text=language)
    assert str(sections("ko").posts[0].words) == "ko"


def test_update_of_tomorrow_is_not_shown_today():
    campaign = make_campaign()
    update = Update.objects.create(campaign=campaign, published_at=timezone.now() + timedelta(days=1))
    UpdateText.objects.create(update=update, language="en", title="t", body="b")
    assert sections().updates == []
