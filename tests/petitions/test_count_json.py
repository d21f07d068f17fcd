"""The count for other programs."""

import pytest
from django.core.cache import caches

from petitions import signing
from petitions.counting import roll_up
from petitions.models import Petition

from ..factories import make_petition, make_signature

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_pages")]

COUNT = "/api/v1/petitions/clean-air/count.json"


def test_count_says_what_is_counted(client):
    signing.confirm(make_signature(make_petition(), state="pending"))
    roll_up()
    assert client.get(COUNT).json() == {
        "petition": "clean-air",
        "count": 1,
        "this_week": 1,
        "goal": 100,
        "is_open": True,
    }


def test_count_may_be_read_from_any_site_and_kept(client):
    make_petition()
    response = client.get(COUNT)
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Cache-Control"].startswith("public, max-age=5")
    assert "Set-Cookie" not in response.headers


def test_unchanged_count_is_answered_in_a_few_bytes(client):
    make_petition()
    etag = client.get(COUNT).headers["ETag"]
    assert client.get(COUNT, headers={"If-None-Match": etag}).status_code == 304


def test_count_of_a_draft_is_not_found(client):
    make_petition()
    Petition.objects.update(status="draft")
    caches["pages"].clear()
    assert client.get(COUNT).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_count_is_only_read(client, method):
    make_petition()
    assert getattr(client, method)(COUNT).status_code == 405
