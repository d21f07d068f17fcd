"""What organizers are told is missing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns.checklist import missing
from campaigns.models import CampaignTarget, CampaignText, Contact, Letter, LetterText, Media, MediaText
from petitions.models import Petition, PetitionText

from ..factories import make_campaign

pytestmark = pytest.mark.django_db


@pytest.fixture
def ready():
    """A campaign in which nothing is missing."""
    campaign = make_campaign()
    target = CampaignTarget.objects.get().target
    Contact.objects.create(target=target, kind="post", value="Piazza della Scala 2\n20121 Milano")
    target.texts.create(language="it", office="Sindaco", salutation="Gentile Sindaca,")
    LetterText.objects.create(letter=Letter.objects.get(), language="it", subject="Richiesta", body="{salutation}")
    return campaign


def test_complete_campaign_misses_nothing(ready):
    assert missing(ready) == []


def no_source_text():
    CampaignText.objects.update(language="ko")


def no_decider():
    CampaignTarget.objects.update(role="copy")


def no_native_letter():
    LetterText.objects.filter(language="it").delete()


def unfilled_placeholder():
    LetterText.objects.filter(language="it").update(body="{decider_office}", subject="x")
    CampaignTarget.objects.all().delete()


def long_letter():
    LetterText.objects.filter(language="it").update(body="parola " * 500)


def stale_letter():
    LetterText.objects.filter(language="it").update(updated_at=timezone.now() - timedelta(days=9))


def petition_without_language():
    PetitionText.objects.update(language="ko")


def petition_draft():
    Petition.objects.update(status="draft")


def unwarned_media():
    media_without_text()
    Media.objects.update(is_graphic=True)
    media = Media.objects.get()
    MediaText.objects.create(media=media, language="en", alt="Cages")


def media_without_text():
    Media.objects.create(campaign=Letter.objects.get().campaign, name="M", video_url="https://film.example", credit="A")


@pytest.mark.parametrize(
    ("break_it", "said"),
    [
        (no_source_text, "There is no headline in the source language, English."),
        (no_decider, "No target decides."),
        (no_native_letter, "There is no letter in Italian, the language of the asked city."),
        (unfilled_placeholder, "Letter to the Mayor, Italian: nothing fills {decider_office}."),
        (long_letter, "Letter to the Mayor, Italian: too long for a mail link"),
        (stale_letter, "changed after it was translated into Italian."),
        (petition_without_language, "The petition has no text in English."),
        (petition_draft, "The petition is still a draft"),
        (unwarned_media, "is hard to look at, but has no warning in English."),
        (media_without_text, "Picture or film “M” has no text, so it is not shown."),
    ],
)
def test_each_gap_is_named(ready, break_it, said):
    break_it()
    assert any(said in message for message in missing(ready)), missing(ready)
