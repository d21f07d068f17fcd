"""The pictures that links to campaigns are shown with: what is drawn, when, and by whom."""

import sys
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models.functions import Now
from PIL import Image

from campaigns.models import Campaign, CampaignText, SharePicture
from campaigns.reading.loading import load
from campaigns.reading.page import CampaignPage
from campaigns.sharing import share_card, share_pictures
from campaigns.sharing.share_card import ShareCard, draw
from campaigns.sharing.share_pictures import GRACE, LEASE, Drawing, keep_current, remove_former
from campaigns.studio.renditions import make_one
from campaigns.typesetting.compiling import UnprintableError
from petitions.models import Count

from ...factories import make_campaign, make_picture

pytestmark = pytest.mark.django_db

PAPER, RED = (251, 250, 247), (200, 30, 30)


@pytest.fixture(autouse=True)
def media_root(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def campaign():
    return make_campaign()


@pytest.fixture
def drawings(monkeypatch):
    """Drawn without typst: what is kept of each is its headline."""
    drawn = []

    def fake(page, card):
        drawn.append((page.language, card.headline))
        return "png", card.headline.encode()

    monkeypatch.setattr(share_pictures, "draw", fake)
    return drawn


def page_of(campaign, language="en"):
    return CampaignPage(load(Campaign.objects.filter(pk=campaign.pk))[0], language)


def said(campaign, language, headline):
    CampaignText.objects.create(campaign=campaign, language=language, headline=headline)


def signed(campaign, number):
    Count.objects.update_or_create(petition=campaign.petition, dimension="total", defaults={"count": number})


def face(campaign, size=(1280, 720), colour=RED):
    written = BytesIO()
    Image.new("RGB", size, colour).save(written, "PNG")
    name = default_storage.save("campaigns/face.png", ContentFile(written.getvalue()))
    return make_picture(campaign=campaign, name=name, is_hero=True)


def drawn(page):
    ending, content = draw(page, ShareCard.of(page))
    return Image.open(BytesIO(content)), ending, len(content)


class TestDrawn:
    def test_words_stand_beside_the_face(self, campaign):
        face(campaign)
        picture, ending, weight = drawn(page_of(campaign))
        assert (picture.size, ending) == ((1200, 630), "png")
        assert weight < 300_000
        shown = picture.convert("RGB")
        assert shown.getpixel((1199, 300)) == pytest.approx(RED, abs=3)
        assert shown.getpixel((5, 5)) == pytest.approx(PAPER, abs=3)

    def test_right_to_left_the_words_stand_at_the_right(self, campaign):
        said(campaign, "ar", "السيد العمدة سالا، اطلب من دايغو إنهاء تجارة لحوم الكلاب والقطط")
        face(campaign)
        shown = drawn(page_of(campaign, "ar"))[0].convert("RGB")
        assert shown.getpixel((5, 300)) == pytest.approx(RED, abs=3)
        assert shown.getpixel((1195, 5)) == pytest.approx(PAPER, abs=3)
        # The words begin at the right.
        ink = [x for x in range(600, 1200) for y in range(100, 380) if max(shown.getpixel((x, y))) < 80]
        assert max(ink) > 1130

    def test_without_a_face_the_words_have_all_the_room(self, campaign):
        shown = drawn(page_of(campaign))[0].convert("RGB")
        assert shown.getpixel((1195, 300)) == pytest.approx(PAPER, abs=3)

    @pytest.mark.parametrize(
        ("language", "headline"),
        [
            ("ko", "살라 시장님, 대구시에 말해 주세요"),
            ("ja", "サラ市長、大邱市に伝えてください"),
            ("zh-Hant", "薩拉市長，請向大邱說話"),
            ("hi", "मेयर साला, डेगू से कहें"),
            ("th", "นายกเทศมนตรีซาลา โปรดพูดกับแทกู"),
            ("he", "ראש העיר סאלה, דבר עם דאגו"),
            ("ru", "Мэр Сала, скажите Тэгу"),
            ("el", "Δήμαρχε Σάλα, μίλα στο Ντέγκου"),
            ("de", "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen, sprich!"),
            ("en", "long words " * 14),
        ],
    )
    def test_every_script_of_our_fonts_is_drawn(self, campaign, language, headline):
        CampaignText.objects.update(language=language, headline=headline.strip())
        page = page_of(campaign, language)
        assert ShareCard.of(page).can_be_drawn
        assert drawn(page)[0].size == (1200, 630)

    def test_photograph_is_light_too(self, campaign, monkeypatch):
        noise = Image.effect_noise((640, 360), 90)
        written = BytesIO()
        Image.merge("RGB", (noise, noise.rotate(90), noise.rotate(180))).save(written, "PNG")
        name = default_storage.save("campaigns/photo.png", ContentFile(written.getvalue()))
        make_picture(campaign=campaign, name=name, is_hero=True)
        _picture, ending, weight = drawn(page_of(campaign))
        assert ending == "jpg"
        assert weight < 300_000


class TestWhen:
    def test_each_language_that_readers_find_is_drawn_once(self, campaign, drawings):
        said(campaign, "ko", "제목")
        said(campaign, "de", "Titel")
        round_of_a_worker = Drawing()
        assert [round_of_a_worker() for _ in range(3)] == [0, 0, 0]
        assert [language for language, _headline in drawings] == ["en", "ko"]
        assert SharePicture.objects.filter(made_at__isnull=False).count() == 2

    def test_only_language_is_drawn_though_the_interface_has_it_not(self, campaign, drawings):
        CampaignText.objects.update(language="ar", headline="عنوان")
        Drawing()()
        assert drawings == [("ar", "عنوان")]

    def test_draft_is_not_drawn(self, campaign, drawings):
        Campaign.objects.update(status="draft", published_at=None)
        Drawing()()
        assert drawings == []

    def test_few_are_drawn_a_round(self, drawings, monkeypatch):
        monkeypatch.setattr(share_pictures, "PICTURES_A_ROUND", 2)
        for number in range(3):
            make_campaign(f"campaign-{number}")
        round_of_a_worker = Drawing()
        round_of_a_worker()
        assert len(drawings) == 2
        round_of_a_worker()
        assert len(drawings) == 3

    def test_without_typst_nothing_is_drawn(self, campaign, drawings, monkeypatch):
        monkeypatch.setitem(sys.modules, "typst", None)
        Drawing()()
        assert drawings == []
        assert not SharePicture.objects.exists()

    def test_another_signature_draws_nothing_anew(self, campaign, drawings):
        signed(campaign, 2909)
        keep_current(page_of(campaign))
        signed(campaign, 2910)
        assert keep_current(page_of(campaign)) == 0

    def test_milestone_draws_anew(self, campaign, drawings):
        signed(campaign, 2909)
        keep_current(page_of(campaign))
        signed(campaign, 3000)
        assert keep_current(page_of(campaign)) == 1

    def test_words_of_the_count_are_drawn_anew_once_they_are_translated(self, campaign, drawings, monkeypatch):
        keep_current(page_of(campaign))
        monkeypatch.setattr(share_card, "sentence", lambda *_, **__: "%(count)s hanno firmato")
        assert keep_current(page_of(campaign)) == 1

    @pytest.mark.parametrize("change", ["headline", "face"])
    def test_what_is_shown_draws_anew(self, campaign, drawings, change):
        keep_current(page_of(campaign))
        first = page_of(campaign).campaign.loaded_share_pictures["en"].name
        if change == "headline":
            CampaignText.objects.update(headline="Another")
        else:
            face(campaign)
        assert keep_current(page_of(campaign)) == 1
        assert page_of(campaign).campaign.loaded_share_pictures["en"].name != first

    def test_renditions_of_the_face_draw_nothing_anew(self, campaign, drawings):
        face(campaign)
        keep_current(page_of(campaign))
        make_one()
        assert keep_current(page_of(campaign)) == 0

    def test_what_was_true_before_is_shown_again_without_drawing(self, campaign, drawings):
        keep_current(page_of(campaign))
        first = page_of(campaign).campaign.loaded_share_pictures["en"].name
        SharePicture.objects.update(made_at=Now() - timedelta(hours=1))
        CampaignText.objects.update(headline="Another")
        keep_current(page_of(campaign))
        SharePicture.objects.exclude(name=first).update(made_at=Now() - timedelta(minutes=30))
        CampaignText.objects.update(headline="Headline of milan-daegu")
        assert keep_current(page_of(campaign)) == 0
        assert page_of(campaign).campaign.loaded_share_pictures["en"].name == first

    def test_headline_beyond_our_fonts_is_left_alone(self, campaign, drawings):
        CampaignText.objects.update(headline="አዲስ")
        assert keep_current(page_of(campaign)) == 0
        assert not SharePicture.objects.exists()

    def test_what_typst_refuses_is_tried_once(self, campaign, monkeypatch):
        tried = []

        def refuse(page, card):
            tried.append(card)
            raise UnprintableError("no")

        monkeypatch.setattr(share_pictures, "draw", refuse)
        keep_current(page_of(campaign))
        keep_current(page_of(campaign))
        assert len(tried) == 1
        assert page_of(campaign).campaign.loaded_share_pictures == {}


class TestByWhom:
    def test_what_another_worker_draws_is_left_to_it(self, campaign, drawings):
        page = page_of(campaign)
        SharePicture.objects.create(campaign=campaign, language="en", digest=ShareCard.of(page).digest)
        assert keep_current(page) == 0
        assert drawings == []

    def test_what_a_dead_worker_left_is_taken_over(self, campaign, drawings):
        page = page_of(campaign)
        row = SharePicture.objects.create(campaign=campaign, language="en", digest=ShareCard.of(page).digest)
        SharePicture.objects.filter(pk=row.pk).update(claimed_at=Now() - LEASE - timedelta(minutes=1))
        assert keep_current(page) == 1


class TestFormer:
    def kept(self, campaign, headline, made_ago):
        CampaignText.objects.update(headline=headline)
        keep_current(page_of(campaign))
        picture = SharePicture.objects.order_by("pk").last()
        SharePicture.objects.filter(pk=picture.pk).update(made_at=Now() - made_ago)
        return picture.name

    def test_former_picture_stays_a_while_and_goes(self, campaign, drawings):
        first = self.kept(campaign, "First", GRACE + timedelta(days=9))
        second = self.kept(campaign, "Second", timedelta(days=1))
        assert remove_former() == 0
        assert default_storage.exists(first)
        SharePicture.objects.filter(name=second).update(made_at=Now() - GRACE - timedelta(days=1))
        assert remove_former() == 1
        assert not default_storage.exists(first)
        assert default_storage.exists(second)

    def test_pictures_of_a_campaign_that_is_gone_go_too(self, campaign, drawings):
        name = self.kept(campaign, "First", timedelta(0))
        Campaign.objects.all().delete()
        assert remove_former() == 1
        assert not default_storage.exists(name)


def test_sheet_has_no_words_of_its_own():
    assert "signed" not in share_card.SHEET.read_text()
