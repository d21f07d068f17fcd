"""The page of a signer who objects, and the mail that leads there."""

import pytest
from django.urls import reverse

from petitions import moderation
from petitions.links import token_for
from petitions.mail.rendering import rendered
from petitions.models import Objection, OutboxMail

from ...factories import make_signature, make_staff, seen

pytestmark = pytest.mark.django_db


@pytest.fixture
def signature(db):
    signature = make_signature()
    moderation.invalidate(seen([signature]), make_staff("Organizers"), "looked wrong")
    signature.refresh_from_db()
    return signature


def url_of(signature):
    return reverse("petitions:signature-object", args=[token_for(signature)])


def test_opening_the_link_objects_to_nothing(client, signature):
    assert "I signed myself" in client.get(url_of(signature)).content.decode()
    assert not Objection.objects.exists()


def test_button_alone_objects_and_the_page_says_so(client, signature):
    page = client.post(url_of(signature), {"words": ""}, follow=True).content.decode()
    assert "Your objection is with the organizers" in page
    assert Objection.objects.get().signature == signature


def test_too_many_words_are_refused_kindly(client, signature):
    assert client.post(url_of(signature), {"words": "x" * 100_000}).status_code == 422
    assert not Objection.objects.exists()


def test_signer_who_is_counted_is_sent_to_the_own_page(client, signature):
    other = make_signature(signature.petition)
    assert client.get(url_of(other)).url == reverse("petitions:signature", args=[token_for(other)])


def test_mail_carries_the_link(signature):
    mail = rendered(OutboxMail.objects.get(kind="taken_out"))
    assert url_of(signature) in mail.body


def test_undone_before_the_mail_is_due_tells_nobody(signature):
    moderation.restore_signatures(seen([signature]), make_staff("Organizers", "second"))
    assert rendered(OutboxMail.objects.get(kind="taken_out")) is None
