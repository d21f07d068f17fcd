"""The demonstration loads twice as once, and holds nothing that could reach a real person."""

import re
from datetime import UTC, datetime, timedelta
from io import StringIO
from unittest import mock

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import models, transaction
from django.test import override_settings
from PIL import Image

from campaigns.demo.files import PICTURES, facts
from campaigns.demo.pictures import HEIGHTS
from campaigns.models import (
    Campaign,
    CampaignText,
    Contact,
    DeedCount,
    EvidenceText,
    LetterText,
    Media,
    Post,
    Update,
    UpdateText,
)
from campaigns.reading.page import pages
from campaigns.rules.contacts import PAGES
from campaigns.rules.placeholders import PLACEHOLDER, validate_placeholders
from petitions import counting
from petitions.models import Comment, Count, PetitionText, Signature, StaffAct
from petitions.spellings import place_of_signature

ADDRESS = re.compile(r"[\w.+-]+@[\w.-]+\w")
LINK = re.compile(r"https?://([^/\s)\"]+)")
SLUGS = [pair["slug"] for pair in facts("pairs")["pairs"]]
# Just after midnight, on a day that is in no file.
LOADED_AT = datetime(2026, 9, 17, 0, 20, tzinfo=UTC)


def load() -> list[str]:
    output = StringIO()
    call_command("load_demo", stdout=output)
    return output.getvalue().splitlines()


def everything() -> dict[str, list[tuple]]:
    return {
        model._meta.label: sorted(model._default_manager.values_list(), key=repr)
        for app in ("campaigns", "petitions", "auth")
        for model in apps.get_app_config(app).get_models()
    }


def every_text() -> list[str]:
    """All that is written in any text column of ours."""
    found = []
    for app in ("campaigns", "petitions"):
        for model in apps.get_app_config(app).get_models():
            for field in model._meta.fields:
                if isinstance(field, models.CharField | models.TextField):
                    found += filter(None, model._default_manager.values_list(field.name, flat=True))
    return found


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker, tmp_path_factory):
    """Loaded once for all these tests, and never committed."""
    folder = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=folder), transaction.atomic():
        with mock.patch("django.utils.timezone.now", return_value=LOADED_AT):
            lines = load()
        yield lines, folder
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded, db):
    """Each test's own changes are rolled back to what was loaded."""
    return loaded


class TestLoadDemo:
    def test_prints_the_three_logins(self, demo):
        lines, _folder = demo
        assert lines == [
            "Organizer: organizer / demo-organizer",
            "Moderator: moderator / demo-moderator",
            "Administrator: admin / demo-admin",
        ]

    def test_second_time_changes_nothing(self, demo):
        _lines, folder = demo
        before, files = everything(), sorted(folder.rglob("*"))
        load()
        assert everything() == before
        assert sorted(folder.rglob("*")) == files

    def test_second_time_keeps_organizers_edits(self, demo):
        Campaign.objects.filter(slug="milan-daegu").update(slug="milano-daegu")
        CampaignText.objects.filter(campaign__isnull=False, language="en").update(headline="Edited")
        User.objects.get(username="organizer").delete()
        load()
        assert CampaignText.objects.filter(headline="Edited").count() == 1
        assert Campaign.objects.count() == len(facts("pairs")["pairs"])
        assert User.objects.filter(username="organizer", is_staff=True).exists()

    def test_refused_in_production(self, demo, settings):
        settings.MODE = "production"
        User.objects.all().delete()
        with pytest.raises(CommandError, match="production"):
            load()
        assert not User.objects.exists()

    def test_staff_may_do_what_their_group_may(self, demo):
        roles = {user.username: [group.name for group in user.groups.all()] for user in User.objects.all()}
        assert roles == {"organizer": ["Organizers"], "moderator": ["Moderators"], "admin": []}


class TestRows:
    def test_counts_have_no_drift(self, demo):
        assert counting.recount() == []
        assert Count.objects.exists()

    def test_every_state_occurs(self, demo):
        # Held is what stands on lists, and the demonstration keeps none.
        assert set(Signature.objects.values_list("state", flat=True)) == set(Signature.State) - {"held"}
        assert set(Comment.objects.values_list("state", flat=True)) == set(Comment.State)
        assert Signature.objects.marked_for_review().exists()

    def test_people_of_invalidated_signatures_can_learn_why(self, demo):
        invalidated = set(Signature.objects.filter(state="invalidated").values_list("pk", flat=True))
        assert set(StaffAct.objects.filter(verb="invalidate").values_list("object_id", flat=True)) == invalidated

    def test_rows_are_valid(self, demo):
        checked = [*Contact.objects.all(), *Comment.objects.all(), *Signature.objects.order_by("pk")[::40]]
        for row in [*checked, *Campaign.objects.all(), *Media.objects.all()]:
            row.full_clean()

    @pytest.mark.parametrize("slug", SLUGS)
    def test_every_interface_language_has_its_own_words(self, demo, settings, slug):
        campaign = Campaign.objects.get(slug=slug)
        interface = {language for language, _name in settings.LANGUAGES}
        words = CampaignText.objects.filter(models.Q(campaign=campaign) | models.Q(story=campaign.story))
        assert interface <= set(words.values_list("language", flat=True))
        assert interface <= set(campaign.petition.texts.values_list("language", flat=True))

    def test_signers_come_home_to_the_campaign(self, demo):
        for campaign in Campaign.objects.select_related("petition"):
            assert campaign.petition.page_path == f"campaigns/{campaign.slug}/"


class TestDates:
    def test_nothing_lies_in_the_future(self, demo):
        moments = [
            *Signature.objects.values_list("signed_at", "confirmed_at", "withdrawn_at", "invalidated_at"),
            *Comment.objects.values_list("created_at", "confirmed_at", "decided_at"),
            *Update.objects.values_list("published_at"),
        ]
        assert [moment for row in moments for moment in row if moment and moment > LOADED_AT] == []

    def test_nobody_signs_before_the_opening(self, demo):
        assert not Signature.objects.filter(signed_at__lt=models.F("petition__opened_at")).exists()

    @pytest.mark.parametrize("slug", SLUGS)
    def test_each_campaign_lived_in_the_week_before_loading(self, demo, slug):
        signed = Signature.objects.filter(petition__slug=slug, state="confirmed")
        assert 2 <= signed.filter(confirmed_at__gt=LOADED_AT - timedelta(days=7)).count() < signed.count() * 0.04

    @pytest.mark.parametrize("slug", SLUGS)
    def test_both_cities_and_three_languages_spoke_in_the_last_weeks(self, demo, slug):
        campaign = Campaign.objects.get(slug=slug)
        recent = Comment.objects.visible().filter(petition__slug=slug, created_at__gt=LOADED_AT - timedelta(weeks=8))
        said = list(recent.annotate(place=place_of_signature("signature__")))
        assert {campaign.asked_city.place_id, campaign.other_city.place_id} <= {comment.place for comment in said}
        assert {"en", "it", "ko"} <= {comment.language for comment in said}

    def test_deeds_were_done_in_the_last_weeks(self, demo):
        days = set(DeedCount.objects.values_list("day", flat=True))
        assert LOADED_AT.date() - timedelta(weeks=8) < min(days) <= max(days) <= LOADED_AT.date()
        assert set(DeedCount.objects.values_list("campaign__slug", flat=True)) == set(SLUGS)

    def test_facts_keep_their_day_and_news_is_new(self, demo):
        law = Update.objects.get(changes_story=True)
        assert law.published_at.date().isoformat() == "2024-01-09"
        assert Update.objects.filter(published_at__gt=LOADED_AT - timedelta(days=14)).exists()


class TestTexts:
    def test_stories_fold_their_second_part(self, demo):
        assert all(text.body.count("\n\n---\n\n") == 1 for text in CampaignText.objects.all())

    def test_words_of_the_page_are_in_languages_of_the_interface_only(self, demo, settings):
        interface = {language for language, _name in settings.LANGUAGES}
        for model in (CampaignText, EvidenceText, PetitionText, UpdateText):
            assert set(model.objects.values_list("language", flat=True)) == interface

    def test_placeholders_are_known(self, demo):
        for text in every_text():
            validate_placeholders(text)

    def test_petitions_have_none_left(self, demo):
        for text in PetitionText.objects.all():
            assert not PLACEHOLDER.search(text.title + text.addressed_to + text.body)

    def test_translations_are_not_stale(self, demo):
        for model in (CampaignText, LetterText, UpdateText):
            translations = list(model.objects.exclude(language="en"))
            assert translations
            assert all(text.source_digest for text in translations)

    def test_only_addresses_that_cannot_exist(self, demo):
        handles = re.compile(r"@(ComuneMI|NoiMilano2016|colorfuldg|YoungjinKWON)\b")
        found = {address for text in every_text() for address in ADDRESS.findall(handles.sub("", text))}
        assert found
        assert [address for address in found if not address.endswith(".example")] == []
        hosts = {host for text in every_text() for host in LINK.findall(text)}
        assert hosts
        assert [host for host in hosts if not host.endswith(".example")] == []
        assert all(".example" in page.value for page in Contact.objects.filter(kind__in=PAGES))
        assert all(user.email.endswith(".example") for user in User.objects.all())

    def test_disturbing_media_carry_a_warning_in_every_language(self, demo):
        graphic = Media.objects.filter(is_graphic=True)
        assert graphic
        assert all(text.warning for media in graphic for text in media.texts.all())

    def test_every_campaign_has_a_face_of_its_own(self, demo):
        heroes = [page.hero for page in pages(Campaign.objects.visible(), "ko")]
        assert len({hero.url for hero in heroes}) == Campaign.objects.count()
        assert {hero.alt.language for hero in heroes} == {"ko"}

    def test_every_picture_comes_in_widths_and_formats(self, demo):
        _lines, folder = demo
        for media in Media.objects.exclude(image=""):
            assert {(each["width"], each["type"]) for each in media.renditions} == {
                (width, f"image/{kind}") for width in HEIGHTS for kind in ("avif", "webp")
            }
            for each in media.renditions:
                with Image.open(folder / each["name"]) as picture:
                    assert picture.size == (each["width"], each["height"])

    def test_posts_fit_a_network(self, demo):
        assert all(len(post.text) <= 280 for post in Post.objects.all())


def test_pictures_are_small():
    for path in PICTURES.iterdir():
        assert path.stat().st_size < 210_000
        with Image.open(path) as picture:
            assert f"-{picture.width}." in path.name
            assert HEIGHTS[picture.width] == picture.height
