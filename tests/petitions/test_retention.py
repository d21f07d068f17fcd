"""What is forgotten in time, and what is kept."""

from datetime import timedelta

import pytest
from django.utils import timezone
from post_office.models import STATUS, Email

from petitions import counting, retention, signing
from petitions.models import Comment, Follower, Petition, Signature

from ..factories import make_comment, make_petition, make_signature

pytestmark = pytest.mark.django_db
LONG_AGO = timezone.now() - timedelta(days=400)


def test_unconfirmed_signature_goes_after_its_time():
    make_signature(state="pending", signed_at=LONG_AGO)
    retention.forget()
    assert not Signature.objects.exists()


def test_recent_unconfirmed_signature_stays():
    make_signature(state="pending")
    retention.forget()
    assert Signature.objects.exists()


def test_unconfirmed_comment_goes_after_its_time():
    make_comment(state="pending", confirmed_at=None)
    Comment.objects.update(created_at=LONG_AGO)
    retention.forget()
    assert not Comment.objects.exists()


def test_unconfirmed_follower_goes_after_its_time():
    Follower.objects.create(petition=make_petition(), email="a@mail.example", canonical_email="a@mail.example")
    Follower.objects.update(asked_at=LONG_AGO)
    retention.forget()
    assert not Follower.objects.exists()


def test_sent_mail_goes_after_its_time_and_queued_mail_stays():
    for status in (STATUS.sent, STATUS.queued):
        Email.objects.create(from_email="x@mail.example", to="y@mail.example", subject="s", status=status)
    Email.objects.update(last_updated=LONG_AGO)
    retention.forget()
    assert Email.objects.get().status == STATUS.queued


def test_comment_address_goes_once_the_comment_was_decided():
    make_comment(decided_at=LONG_AGO)
    retention.forget()
    assert Comment.objects.get().email == ""


def test_closed_petition_keeps_places_and_forgets_people():
    petition = make_petition()
    signing.confirm(make_signature(petition, state="pending", name="Elena Marchi"))
    Petition.objects.update(status="closed", closed_at=LONG_AGO)
    retention.forget()
    signature = Signature.objects.get()
    assert "Elena" not in signature.name
    assert (signature.email, signature.city, signature.visibility) == ("", "Milano", "hidden")
    assert counting.recount() == []


def test_forgetting_twice_changes_nothing_more():
    make_signature(petition=make_petition(status="closed", closed_at=LONG_AGO))
    retention.forget()
    assert retention.forget() == 0
