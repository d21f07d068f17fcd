"""Whoever looks at addresses in the admin leaves a line, and the line holds none."""

import pytest

from petitions.models import Follower, StaffAct

from ..factories import make_petition, make_signature, make_staff

pytestmark = pytest.mark.django_db
LIST = "/admin/petitions/signature/"
ADDRESS = "elena@mail.example"


@pytest.fixture
def signature():
    return make_signature(email=ADDRESS)


@pytest.fixture
def organizer(client):
    client.force_login(make_staff("Organizers"))
    return client


def lines():
    return list(StaffAct.objects.order_by("pk").values_list("verb", "object_kind", "object_id"))


def test_opening_a_signature_is_logged(organizer, signature):
    organizer.get(f"{LIST}{signature.pk}/change/")
    assert lines() == [("read address", "signature", signature.pk)]


def test_other_spelling_of_its_number_is_logged_too(organizer, signature):
    organizer.get(f"{LIST}00{signature.pk}/change/")
    assert lines() == [("read address", "signature", signature.pk)]


def test_opening_a_follower_is_logged(organizer):
    follower = Follower.objects.create(petition=make_petition(), email=ADDRESS, canonical_email=ADDRESS, language="en")
    organizer.get(f"/admin/petitions/follower/{follower.pk}/change/")
    assert lines() == [("read address", "follower", follower.pk)]


def test_list_is_one_line(organizer, signature):
    make_signature(signature.petition)
    organizer.get(LIST)
    assert lines() == [("list addresses", "signature", 0)]


def test_search_is_logged_without_the_address(organizer, signature):
    organizer.get(LIST, {"q": ADDRESS})
    assert lines() == [("search by address", "signature", 0)]
    assert "@" not in StaffAct.objects.get().note


def test_search_that_finds_nobody_is_logged(organizer):
    organizer.get("/admin/petitions/follower/", {"q": "nobody@mail.example"})
    assert lines() == [("search by address", "follower", 0)]


def test_page_that_asks_for_a_reason_is_logged(organizer, signature):
    organizer.post(LIST, {"action": "invalidate", "_selected_action": signature.pk})
    assert lines() == [("list addresses", "signature", 0)]


def test_what_nobody_may_see_leaves_no_line(client, signature):
    client.force_login(make_staff("Moderators"))
    client.get(LIST)
    assert lines() == []
