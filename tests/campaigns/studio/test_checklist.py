"""What organizers are told is missing."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from campaigns.models import (
    Campaign,
    CampaignTarget,
    CampaignText,
    Contact,
    ContactReport,
    Letter,
    LetterText,
    Media,
    MediaText,
    Target,
)
from campaigns.studio.checklist import missing
from petitions.models import Petition, PetitionText

from ...factories import make_campaign

pytestmark = pytest.mark.django_db
LETTER = "{salutation}\n\nplease speak up.\n\n{sender_name}"


@pytest.fixture
def ready():
    """A campaign in which nothing is missing."""
    campaign = make_campaign()
    target = CampaignTarget.objects.get().target
    Target.objects.update(verified_on=timezone.localdate())
    Contact.objects.create(target=target, kind="post", value="Piazza della Scala 2\n20121 Milano")
    target.texts.create(language="it", office="Sindaco", salutation="Gentile Sindaca,")
    LetterText.objects.create(letter=Letter.objects.get(), language="it", subject="Richiesta", body=LETTER)
    LetterText.objects.update(body=LETTER)
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


def no_hours():
    Contact.objects.create(target=Target.objects.get(), kind="telephone", value="+39 02 8845 0136")


def never_verified():
    Target.objects.update(verified_on=None)


def stale_contacts():
    Target.objects.update(verified_on=date(2016, 7, 4))


def waiting_report():
    ContactReport.objects.create(target=Target.objects.get(), problem="left")


def stale_letter():
    LetterText.objects.filter(language="it").update(source_digest="of another text")


def petition_without_language():
    PetitionText.objects.update(language="ko")


def petition_draft():
    Petition.objects.update(status="draft")


def petition_scheduled():
    Petition.objects.update(opened_at=timezone.now() + timedelta(days=3))


def petition_paused():
    Petition.objects.update(status="paused")


def petition_ended():
    Petition.objects.update(status="closed", closed_at=timezone.now())


def petition_left_open():
    Campaign.objects.update(status="closed", closed_at=timezone.now())


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
        (unfilled_placeholder, "No target decides, so nothing fills {decider_office}."),
        (long_letter, "Letter to the Mayor, Italian: too long for a mail link"),
        (no_hours, "Giulia Bianchi can be called, but has no opening hours"),
        (never_verified, "The contacts of Giulia Bianchi were never checked."),
        (stale_contacts, "The contacts of Giulia Bianchi were last checked on July 4, 2016."),
        (waiting_report, "A visitor reports a wrong contact of Giulia Bianchi."),
        (stale_letter, "changed after it was translated into Italian."),
        (petition_without_language, "The petition has no text in English."),
        (petition_draft, "The petition is still a draft"),
        (petition_scheduled, "Nobody can sign before the petition opens, on "),
        (petition_paused, "The petition is paused, so nobody can sign."),
        (petition_ended, "The petition is closed, but the campaign goes on."),
        (petition_left_open, "The campaign is closed, but its petition is still open."),
        (unwarned_media, "is hard to look at, but has no warning in English."),
        (media_without_text, "Picture or film “M” has no text, so it is not shown."),
    ],
)
def test_each_gap_is_named(ready, break_it, said):
    break_it()
    found = [str(problem) for problem in missing(ready)]
    assert any(said in message for message in found), found


def test_each_gap_leads_to_where_it_is_mended(ready):
    for break_it in (no_hours, never_verified, waiting_report, no_native_letter, media_without_text):
        break_it()
    assert [problem for problem in missing(ready) if not problem.url] == []


def test_gap_that_several_letters_share_is_named_once(ready):
    Target.objects.get().texts.filter(language="it").delete()
    second = Letter.objects.create(campaign=ready, name="Second letter")
    LetterText.objects.create(letter=second, language="it", subject="Richiesta", body=LETTER)
    assert [str(problem) for problem in missing(ready)] == [
        "Giulia Bianchi has no salutation in Italian: say how a letter to them begins."
    ]


def test_settled_report_is_no_gap(ready):
    waiting_report()
    ContactReport.objects.update(settled_at=timezone.now())
    assert missing(ready) == []
