"""Organizers choose the picture at the top."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from campaigns.models import Campaign, Media

from ...factories import make_campaign, make_picture, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def save(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(make_staff("Organizers"))
    written = BytesIO()
    Image.new("RGB", (40, 20)).save(written, "PNG")
    texts = {"texts-TOTAL_FORMS": 1, "texts-INITIAL_FORMS": 0, "texts-0-language": "en", "texts-0-alt": "A face"}

    def post(**fields):
        form = {
            "name": "Face",
            "credit": "Ana",
            "campaign": Campaign.objects.get().pk,
            "position": 0,
            **texts,
            **fields,
        }
        form["image"] = SimpleUploadedFile("face.png", written.getvalue())
        return client.post(reverse("admin:campaigns_media_add"), form, follow=True).content.decode()

    return post


def test_picture_is_put_at_the_top(save):
    make_campaign()
    save(is_hero="on")
    assert Media.objects.get().is_hero


def test_hard_to_look_at_is_refused_with_a_word(save):
    make_campaign()
    assert "cannot stand at the top" in save(is_hero="on", is_graphic="on", **{"texts-0-warning": "A wound"})
    assert not Media.objects.exists()


def test_second_is_refused_with_a_word(save):
    make_picture(campaign=make_campaign(), is_hero=True)
    assert "another picture at the top" in save(is_hero="on")
    assert Media.objects.count() == 1


def test_list_shows_the_small_rendition(save, client):
    made = [{"name": "campaigns/face-720.webp", "type": "image/webp", "width": 720, "height": 405}]
    make_picture(campaign=make_campaign(), renditions=made, renditions_of="campaigns/face.webp")
    html = client.get(reverse("admin:campaigns_media_changelist")).content.decode()
    assert 'src="/media/campaigns/face-720.webp"' in html
