"""A picture chosen in a form that fails on another field need not be chosen again."""

import os
import re
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.signing import dumps
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from campaigns.models import Media
from petitions import kept_uploads

from ...factories import make_campaign, make_staff
from .test_admin_campaigns import inline
from .test_pictures import exif, upload

pytestmark = pytest.mark.django_db
ADD = reverse("admin:campaigns_media_add")


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def organizer(client):
    client.force_login(make_staff("Organizers"))
    return client


@pytest.fixture
def fields():
    return {"name": "Square", "credit": "Elena", "campaign": make_campaign().pk, "position": 0} | inline("texts")


@pytest.fixture
def failed(organizer, fields):
    """The form with a picture, but without the name that it needs."""
    return organizer.post(ADD, fields | {"name": "", "image": upload(exif=exif())})


def token_in(response):
    found = re.search(r'name="image-kept" value="([^"]+)"', response.content.decode())
    return found[1] if found else None


def test_picture_is_still_there(organizer, failed, fields):
    assert "“photo.jpg” is still here" in failed.content.decode()
    assert organizer.post(ADD, fields | {"image-kept": token_in(failed)}).status_code == 302
    with Image.open(Media.objects.get().image) as picture:
        assert (picture.size, dict(picture.getexif())) == ((20, 40), {})


def test_preview_shows_no_picture_that_is_stored_nowhere(failed):
    assert 'class="preview"' not in failed.content.decode()


def test_second_failure_keeps_it_once(organizer, failed, fields):
    again = organizer.post(ADD, fields | {"name": "", "image-kept": token_in(failed)})
    assert token_in(again) == token_in(failed)
    assert len(default_storage.listdir(kept_uploads.FOLDER)[1]) == 1


def test_other_picture_takes_its_place(organizer, failed, fields):
    organizer.post(ADD, fields | {"image-kept": token_in(failed), "image": upload(size=(8, 8))})
    assert Media.objects.get().width == 8


def test_picture_left_out_is_not_saved(organizer, failed, fields):
    left = {"image-kept": token_in(failed), "image-leave": "on", "video_url": "https://film.example/"}
    organizer.post(ADD, fields | left)
    assert Media.objects.get().image == ""


def test_picture_of_a_change_page_is_kept_too(organizer, fields):
    media = Media.objects.create(
        name="Film", credit="c", campaign_id=fields["campaign"], video_url="https://f.example/"
    )
    url = reverse("admin:campaigns_media_change", args=[media.pk])
    token = token_in(organizer.post(url, fields | {"name": "", "image": upload()}))
    organizer.post(url, fields | {"image-kept": token})
    media.refresh_from_db()
    assert media.width == 40


def test_picture_that_was_refused_is_not_kept(organizer, fields):
    assert token_in(organizer.post(ADD, fields | {"image": upload("GIF", mode="L")})) is None
    assert not default_storage.exists(kept_uploads.FOLDER)


def test_form_that_was_not_sent_keeps_nothing(organizer):
    assert "image-kept" not in organizer.get(ADD).content.decode()


@pytest.mark.parametrize("token", ["x", "x:y:z", "x" * 5000])
def test_made_up_token_brings_nothing(organizer, fields, token):
    answer = organizer.post(ADD, fields | {"image-kept": token})
    assert "Add a picture or a link to a film." in answer.content.decode()


def test_token_of_a_file_that_is_gone_brings_nothing(organizer, fields):
    token = dumps({"file": "kept-uploads/gone.jpg", "shown": "a.jpg", "owner": 1}, salt=kept_uploads.SALT)
    assert organizer.post(ADD, fields | {"image-kept": token}).status_code == 200


def test_token_serves_nobody_else(client, failed, fields):
    client.force_login(make_staff("Organizers", "other"))
    assert client.post(ADD, fields | {"image-kept": token_in(failed)}).status_code == 200
    assert not Media.objects.exists()


def test_kept_file_is_not_served_to_readers(client, failed):
    (name,) = default_storage.listdir(kept_uploads.FOLDER)[1]
    assert client.get(f"/media/{kept_uploads.FOLDER}/{name}").status_code == 404
    assert client.get(f"/media/x/../{kept_uploads.FOLDER}/{name}").status_code == 404


def test_no_more_than_there_is_room_for_is_kept(organizer, fields, monkeypatch):
    monkeypatch.setattr(kept_uploads, "MOST_FILES", 0)
    assert token_in(organizer.post(ADD, fields | {"name": "", "image": upload()})) is None


def test_leftovers_go_after_a_day(organizer, failed, fields):
    assert kept_uploads.forget_old() == 0
    (name,) = default_storage.listdir(kept_uploads.FOLDER)[1]
    long_ago = (timezone.now() - timedelta(days=2)).timestamp()
    os.utime(default_storage.path(f"{kept_uploads.FOLDER}/{name}"), (long_ago, long_ago))
    assert kept_uploads.forget_old() == 1
    assert organizer.post(ADD, fields | {"image-kept": token_in(failed)}).status_code == 200


def test_forgetting_where_nothing_was_kept_is_fine():
    assert kept_uploads.forget_old() == 0
