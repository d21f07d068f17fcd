"""Held signatures: confirmed by their signers like all others, but not counted until a person decides."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from ipaddress import ip_address

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone

from petitions import counting, moderation, signing
from petitions.models import Signature, StaffAct
from petitions.retention import anonymise_after_closing

from ..factories import make_comment, make_entry, make_petition, make_signature, seen
from .test_signing import details

pytestmark = pytest.mark.django_db


@pytest.fixture
def organizer():
    return User.objects.create_user("organizer")


def held(petition=None, state="held", **fields):
    confirmed_at = timezone.now() if state == "held" else None
    return make_signature(petition, state=state, **({"held_reason": "domain", "confirmed_at": confirmed_at} | fields))


def total(petition):
    counting.roll_up()
    assert counting.recount() == []
    return counting.read_counts([petition.pk])[petition.pk].total


def test_confirming_a_held_one_counts_nothing():
    signature = held(state="pending")
    assert signing.confirm(signature)
    signature.refresh_from_db()
    assert (signature.state, signature.is_confirmed) == ("held", True)
    assert total(signature.petition) == 0
    assert not signing.confirm(signature)


def test_held_one_is_not_public_and_neither_are_its_words():
    signature = held()
    comment = make_comment(signature.petition, signature=signature)
    assert not Signature.objects.visible().exists()
    assert not comment.petition.comments.visible().exists()


def test_released_one_counts_from_then_on(organizer):
    signature = held()
    assert moderation.release(seen([signature]), organizer) == [signature.pk]
    signature.refresh_from_db()
    assert (signature.state, signature.held_reason, signature.held_by) == ("confirmed", "", None)
    assert total(signature.petition) == 1
    assert StaffAct.objects.get().note == "domain"


def test_released_before_it_is_confirmed_counts_with_the_confirmation(organizer):
    signature = held(state="pending")
    moderation.release(seen([signature]), organizer)
    assert total(signature.petition) == 0
    signing.confirm(signature)
    assert total(signature.petition) == 1


@pytest.mark.parametrize("state", ["confirmed", "withdrawn", "invalidated", "pending"])
def test_what_is_not_held_is_not_released(organizer, state):
    signature = make_signature(state=state)
    assert moderation.release(seen([signature]), organizer) == []


def test_one_that_changed_since_is_not_released(organizer):
    signature = held()
    shown = seen([signature])
    Signature.objects.update(name="Somebody Else")
    assert moderation.release(shown, organizer) == []


@pytest.mark.parametrize("state", ["held", "pending"])
def test_invalidated_and_restored_is_held_as_before(organizer, state):
    signature = held(state=state)
    moderation.invalidate(seen([signature]), organizer, "A robot")
    moderation.restore_signatures(seen(Signature.objects.all()), organizer)
    signature.refresh_from_db()
    assert (signature.state, signature.held_reason) == (state, "domain")
    assert total(signature.petition) == 0


def test_withdrawing_a_held_one_takes_nothing_from_the_count():
    signature = held()
    assert signing.withdraw(signature)
    assert total(signature.petition) == 0
    signing.confirm(signature)
    assert signature.state == "held"


def test_changing_the_city_of_a_held_one_counts_nothing():
    signature = held()
    signing.change(signature, city="Torino")
    assert total(signature.petition) == 0


def sign_from(petition, address, **said):
    client = ip_address(address)
    return signing.sign(petition, petition.text("en"), details(**said), network=address, client=client)


@pytest.mark.parametrize("order", [("198.51.100.7", "203.0.113.7"), ("203.0.113.7", "198.51.100.7")])
def test_signing_also_from_a_blocked_network_holds_nobodys_signature(order):
    make_entry("203.0.113.0/24")
    petition = make_petition()
    for address in order:
        sign_from(petition, address)
    assert Signature.objects.count() == 1
    assert not Signature.objects.held().exists()


def test_anonymous_signature_forgets_why_it_was_held():
    long_ago = timezone.now() - timedelta(days=200)
    held(make_petition(status="closed", opened_at=long_ago, closed_at=long_ago), held_by=7)
    list(anonymise_after_closing())
    signature = Signature.objects.get()
    assert (signature.state, signature.held_reason, signature.held_by) == ("held", "", None)


@pytest.mark.django_db(transaction=True)
def test_released_while_it_is_confirmed_counts_once():
    organizer = User.objects.create_user("organizer")
    petition = make_petition()
    for _ in range(8):
        signature = held(petition, state="pending")
        shown = seen([signature])

        def act(turn, signature=signature, shown=shown):
            try:
                if turn:
                    return signing.confirm(Signature.objects.select_related("petition").get(pk=signature.pk))
                return moderation.release(shown, organizer)
            finally:
                connection.close()

        with ThreadPoolExecutor(max_workers=2) as pool:
            list(pool.map(act, range(2)))
    counted = Signature.objects.confirmed().count()
    assert counted + Signature.objects.held().count() == 8
    assert total(petition) == counted
