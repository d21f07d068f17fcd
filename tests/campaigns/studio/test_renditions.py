"""Pictures in smaller widths and lighter formats."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models.functions import Now
from PIL import Image, features

from campaigns.models import Media, Story
from campaigns.studio.renditions import LEASE, make_one

from ...factories import make_picture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media_root(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def stored_picture(size=(1600, 900), mode="RGB", kind="PNG"):
    written = BytesIO()
    Image.new(mode, size).save(written, kind)
    name = default_storage.save("campaigns/face.png", ContentFile(written.getvalue()))
    return make_picture(story=Story.objects.get_or_create(name="Shared")[0], name=name)


def sizes(media, kind="webp"):
    media = Media.objects.get(pk=media.pk)
    return [(each["width"], each["height"]) for each in media.renditions_like(f"image/{kind}")]


def test_each_width_is_made_in_both_formats():
    media = stored_picture()
    assert make_one() == 1
    for kind in ("webp", "avif"):
        assert sizes(media, kind) == [(720, 405), (1280, 720)]
    for each in Media.objects.get().renditions:
        with Image.open(default_storage.open(each["name"])) as picture:
            assert picture.size == (each["width"], each["height"])
            assert f"image/{picture.format.lower()}" == each["type"]


@pytest.mark.parametrize(("width", "expected"), [(1000, [720, 1000]), (400, [400])])
def test_none_is_larger_than_the_original(width, expected):
    media = stored_picture((width, 100))
    make_one()
    assert [found for found, _height in sizes(media)] == expected


def test_without_avif_there_is_webp(monkeypatch):
    monkeypatch.setattr(features, "check", lambda name: name != "avif")
    media = stored_picture()
    make_one()
    assert sizes(media, "avif") == []
    assert len(sizes(media)) == 2


@pytest.mark.parametrize("mode", ["P", "L", "LA", "RGBA", "I;16"])
def test_every_kind_of_colour_can_be_drawn(mode):
    media = stored_picture(mode=mode)
    make_one()
    assert len(sizes(media)) == 2


def test_one_picture_a_round_until_none_is_left():
    stored_picture()
    stored_picture()
    assert [make_one(), make_one(), make_one()] == [1, 1, 0]


def test_new_picture_gets_new_renditions():
    media = stored_picture()
    make_one()
    Media.objects.filter(pk=media.pk).update(image=default_storage.save("campaigns/new.png", media.image))
    assert sizes(media) == []
    assert make_one() == 1
    assert sizes(media) == [(720, 405), (1280, 720)]


@pytest.mark.parametrize("content", [None, b"no picture"])
def test_what_cannot_be_read_is_tried_once(content):
    media = make_picture(story=Story.objects.create(name="Shared"), name="campaigns/broken.webp")
    if content:
        default_storage.save(media.image.name, ContentFile(content))
    assert [make_one(), make_one()] == [1, 0]
    assert sizes(media) == []


def test_film_without_a_picture_is_passed_over():
    make_picture(story=Story.objects.create(name="Shared"), name="", video_url="https://film.example/")
    assert make_one() == 0


def test_what_another_worker_draws_is_left_to_it():
    media = stored_picture()
    Media.objects.filter(pk=media.pk).update(renditions_claimed_at=Now())
    assert make_one() == 0


def test_what_a_dead_worker_left_is_taken_over():
    media = stored_picture()
    Media.objects.filter(pk=media.pk).update(renditions_claimed_at=Now() - LEASE - timedelta(seconds=1))
    assert make_one() == 1
    assert len(sizes(media)) == 2
