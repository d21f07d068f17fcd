"""What a page tells about itself where its link is shared."""

import html5lib
import pytest
from django.contrib.staticfiles import finders
from django.utils import timezone
from PIL import Image

from campaigns.models import Campaign, CampaignText, SharePicture
from campaigns.sharing.previews import territorial

from ...factories import make_campaign, make_petition, make_picture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_pages")]


@pytest.fixture(autouse=True)
def site_url(settings):
    settings.SITE_URL = "https://sistercity.example"


@pytest.fixture
def campaign():
    return make_campaign()


def said(campaign, language):
    CampaignText.objects.create(campaign=campaign, language=language, headline=f"Headline ({language})")


def head(client, path):
    return html5lib.parse(client.get(path).content, namespaceHTMLElements=False).find("head")


def told(client, path):
    """Each property with all its values."""
    found = {}
    for meta in head(client, path).iter("meta"):
        for kind in ("property", "name"):
            if meta.get(kind):
                found.setdefault(meta.get(kind), []).append(meta.get("content"))
    return found


def links(client, path):
    found = {}
    for link in head(client, path).iter("link"):
        found[link.get("hreflang") or link.get("rel")] = link.get("href")
    return found


def share_picture(campaign, language="en", name="share/milan-daegu-en-1.png"):
    return SharePicture.objects.create(
        campaign=campaign, language=language, digest=name, name=name, made_at=timezone.now()
    )


PAGE = "/en/campaigns/milan-daegu/"


def test_campaign_tells_its_headline_and_summary(client, campaign):
    meta = told(client, PAGE)
    assert meta["og:title"] == ["Headline of milan-daegu"]
    assert meta["og:description"] == meta["description"] == ["A summary."]
    assert meta["og:type"] == ["article"]
    assert meta["og:url"] == ["https://sistercity.example" + PAGE]
    assert meta["og:locale"] == ["en_US"]
    assert meta["twitter:card"] == ["summary_large_image"]


def test_campaign_without_a_summary_tells_what_the_site_is(client, campaign):
    CampaignText.objects.update(summary="")
    assert "Sister cities" in told(client, PAGE)["og:description"][0]


def test_drawn_picture_is_shown(client, campaign):
    make_picture(campaign=campaign, is_hero=True)
    share_picture(campaign)
    meta = told(client, PAGE)
    assert meta["og:image"] == ["https://sistercity.example/media/share/milan-daegu-en-1.png"]
    assert meta["og:image:type"] == ["image/png"]
    assert (meta["og:image:width"], meta["og:image:height"]) == (["1200"], ["630"])
    assert meta["og:image:alt"] == ["Headline of milan-daegu"]


def test_page_that_falls_back_shows_the_picture_of_its_words(client, campaign):
    share_picture(campaign)
    share_picture(campaign, "ko", "share/ko.png")
    assert told(client, PAGE.replace("en", "it", 1))["og:image"][0].endswith("milan-daegu-en-1.png")


def test_until_one_is_drawn_the_face_is_shown(client, campaign):
    make_picture(campaign=campaign, is_hero=True)
    meta = told(client, PAGE)
    assert meta["og:image"] == ["https://sistercity.example/media/campaigns/face.webp"]
    assert (meta["og:image:type"], meta["og:image:width"]) == (["image/webp"], ["1600"])
    assert meta["og:image:alt"] == ["A face (en)"]


def test_without_a_face_the_picture_of_the_site_is_shown(client, campaign):
    make_picture(campaign=campaign, is_graphic=True)
    assert told(client, PAGE)["og:image"] == ["https://sistercity.example/static/img/share.png"]


@pytest.mark.parametrize("path", ["", "campaigns/", "about/", "privacy/"])
def test_every_page_has_a_picture_and_a_description(client, path):
    meta = told(client, f"/en/{path}")
    assert meta["og:image"] == ["https://sistercity.example/static/img/share.png"]
    assert meta["description"][0]
    assert meta["og:locale:alternate"] == ["it_IT", "ko_KR"]


def test_picture_of_the_site_is_as_previews_want_it():
    path = finders.find("img/share.png")
    with Image.open(path) as picture, open(path, "rb") as file:
        assert picture.size == (1200, 630)
        assert len(file.read()) < 100_000


def test_page_names_only_languages_in_which_it_speaks(client, campaign):
    said(campaign, "ko")
    said(campaign, "ar")
    found = links(client, PAGE)
    assert {"en", "ko", "x-default"} <= found.keys()
    assert not found.keys() & {"it", "ar"}
    assert found["x-default"] == found["canonical"] == "https://sistercity.example" + PAGE
    assert told(client, PAGE)["og:locale:alternate"] == ["ko_KR"]


def test_page_in_a_language_it_does_not_speak_points_to_one_that_does(client, campaign):
    path = PAGE.replace("en", "it", 1)
    assert links(client, path)["canonical"] == "https://sistercity.example" + PAGE
    assert told(client, path)["og:url"] == ["https://sistercity.example" + PAGE]
    assert told(client, path)["og:locale"] == ["en_US"]


def test_default_is_the_source_language(client, campaign):
    said(campaign, "it")
    Campaign.objects.update(source_language="it")
    assert "/it/" in links(client, PAGE)["x-default"]


def test_page_told_in_none_of_our_languages_is_its_own(client, campaign):
    CampaignText.objects.update(language="ar")
    found = links(client, PAGE)
    assert found["canonical"] == "https://sistercity.example" + PAGE
    assert not found.keys() & {"en", "it", "ko", "x-default"}


def test_pages_of_the_campaign_speak_as_it_does(client, campaign):
    found = links(client, f"{PAGE}letter/")
    assert "it" not in found
    assert found["x-default"].endswith("/en/campaigns/milan-daegu/letter/")


def test_petition_without_a_campaign_names_the_languages_of_its_texts(client):
    make_petition(languages=("en", "ko"))
    path = "/it/petitions/clean-air/"
    found = links(client, path)
    assert {"en", "ko", "x-default"} <= found.keys()
    assert "it" not in found
    assert found["canonical"] == "https://sistercity.example/en/petitions/clean-air/"


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "en_US"), ("it", "it_IT"), ("ko", "ko_KR"), ("pt-BR", "pt_BR"), ("zh-Hant", "zh_TW"), ("ar", "ar_EG")],
)
def test_language_is_told_with_its_country(language, expected):
    assert territorial(language) == expected
