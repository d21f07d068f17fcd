"""The picture at the top of a campaign."""

import html5lib
import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from campaigns.models import Campaign, Story
from campaigns.reading.page import pages

from ...factories import make_campaign, make_picture

pytestmark = pytest.mark.django_db

RENDITIONS = [
    {"name": "campaigns/face-1280.avif", "type": "image/avif", "width": 1280, "height": 720},
    {"name": "campaigns/face-1280.webp", "type": "image/webp", "width": 1280, "height": 720},
    {"name": "campaigns/face-720.avif", "type": "image/avif", "width": 720, "height": 405},
    {"name": "campaigns/face-720.webp", "type": "image/webp", "width": 720, "height": 405},
]


@pytest.fixture
def story():
    return Story.objects.create(name="Shared")


def hero(language="en"):
    return pages(Campaign.objects.all(), language)[0].hero


def test_campaign_without_pictures_has_no_hero():
    campaign = make_campaign()
    make_picture(campaign=campaign)
    assert hero() is None


def test_hero_of_the_campaign_goes_before_that_of_its_story(story):
    campaign = make_campaign(story=story)
    make_picture(("en", "it"), story=story, is_hero=True)
    assert hero("it").media.story is None
    own = make_picture(("en",), campaign=campaign, is_hero=True)
    assert hero("it").media.pk == own.pk


def test_hero_speaks_the_readers_language(story):
    make_campaign(story=story)
    make_picture(("en", "it"), story=story, is_hero=True)
    shown = hero("it")
    assert (str(shown.alt), shown.alt.language) == ("A face (it)", "it")
    assert "Milan" in str(shown.caption)
    assert hero("ko").alt.language == "en"


def test_hero_without_words_leaves_its_place_to_the_storys(story):
    campaign = make_campaign(story=story)
    make_picture((), campaign=campaign, is_hero=True)
    of_story = make_picture(story=story, is_hero=True)
    assert hero().media.pk == of_story.pk


def test_hero_of_another_campaign_is_not_shown():
    make_campaign("other")
    Campaign.objects.update(published_at=None, status="draft")
    make_picture(campaign=Campaign.objects.get(), is_hero=True)
    campaign = make_campaign()
    assert pages(Campaign.objects.filter(pk=campaign.pk), "en")[0].hero is None


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"is_graphic": True}, "hard to look at"),
        ({"name": "", "video_url": "https://film.example/"}, "Only a picture"),
    ],
)
def test_what_cannot_stand_at_the_top_is_refused_with_a_word(fields, message):
    media = make_picture(campaign=make_campaign(), **fields)
    media.is_hero = True
    with pytest.raises(ValidationError, match=message):
        media.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        media.save()


@pytest.mark.parametrize("owner", ["campaign", "story"])
def test_second_hero_is_refused_with_a_word(owner, story):
    whose = {owner: story if owner == "story" else make_campaign()}
    make_picture(is_hero=True, **whose)
    second = make_picture(**whose)
    second.is_hero = True
    with pytest.raises(ValidationError, match="another picture at the top"):
        second.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        second.save()


def test_picture_without_renditions_is_shown_as_it_is():
    make_picture(campaign=make_campaign(), is_hero=True)
    shown = hero()
    assert (shown.url, shown.width, shown.height) == ("/media/campaigns/face.webp", "1600", "900")
    assert (shown.avif, shown.webp) == ("", "")


def test_renditions_are_offered_by_width():
    made = {"renditions": RENDITIONS, "renditions_of": "campaigns/face.webp"}
    make_picture(campaign=make_campaign(), is_hero=True, **made)
    shown = hero()
    assert shown.avif == "/media/campaigns/face-720.avif 720w, /media/campaigns/face-1280.avif 1280w"
    assert shown.webp == "/media/campaigns/face-720.webp 720w, /media/campaigns/face-1280.webp 1280w"
    assert (shown.url, shown.width, shown.height) == ("/media/campaigns/face-1280.webp", "1280", "720")


def test_renditions_of_a_former_picture_are_not_shown():
    make_picture(campaign=make_campaign(), is_hero=True, renditions=RENDITIONS, renditions_of="campaigns/other.webp")
    assert hero().url == "/media/campaigns/face.webp"


def test_pictures_on_the_page_name_their_widths(client):
    made = {"renditions": RENDITIONS, "renditions_of": "campaigns/face.webp"}
    campaign = make_campaign()
    make_picture(campaign=campaign, **made)
    page = html5lib.parse(client.get(f"/en/campaigns/{campaign.slug}/").content, namespaceHTMLElements=False)
    source, image = page.find(".//picture/source"), page.find(".//picture/img")
    assert source.get("type") == "image/avif"
    assert "720w" in source.get("srcset")
    assert "720w" in image.get("srcset")
    assert image.get("sizes") == source.get("sizes")
    assert (image.get("width"), image.get("height")) == ("1280", "720")
    assert image.get("alt") == "A face (en)"


def test_hero_is_not_repeated_under_the_story(client):
    campaign = make_campaign()
    make_picture(campaign=campaign, is_hero=True)
    second = make_picture(campaign=campaign, name="campaigns/market.webp")
    sections = client.get(f"/en/campaigns/{campaign.slug}/").context["sections"]
    shown = [item.media.pk for part in sections.story.shown for item in part.pictures]
    assert shown == [second.pk]
