"""Figures for moderators: on the front page, and by mail to those who want them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from petitions import moderation
from petitions.desk import digest
from petitions.mail.rendering import rendered
from petitions.models import DeskChoice, OutboxMail
from petitions.waiting import decisions_by_day, together, waiting_by_language

from ...factories import make_comment, make_petition, make_staff, seen, written_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna():
    moderator = make_staff("Moderators", "anna")
    moderator.email = "anna@staff.example"
    moderator.save()
    return moderator


@pytest.fixture
def morning(monkeypatch):
    monkeypatch.setattr(digest, "TOLD_FROM_HOUR", 0)


def mail_to(moderator, **choice):
    DeskChoice.objects.update_or_create(moderator=moderator, defaults={"wants_digest": True} | choice)
    mail = OutboxMail.objects.create(kind="waiting", staff=moderator, language="en")
    return rendered(OutboxMail.objects.get(pk=mail.pk))


def test_waiting_is_counted_by_language_with_its_oldest():
    petition = make_petition()
    yesterday = timezone.now() - timedelta(days=1, hours=1)
    make_comment(petition, state="pending", confirmed_at=yesterday, **written_in("ko"))
    make_comment(petition, state="pending", **written_in("ko"))
    make_comment(petition, state="pending", **written_in(""))
    make_comment(petition, **written_in("it"))
    found = waiting_by_language()
    assert [(part.language, part.number, part.is_late) for part in found] == [("ko", 2, True), ("", 1, False)]
    assert together(found).oldest == yesterday


def test_decisions_are_counted_by_day_and_language():
    comment = make_comment(state="pending", **written_in("ko"))
    moderation.approve(seen([comment]), make_staff())
    assert decisions_by_day() == {timezone.localdate(): {"ko": 1}}


def test_front_page_shows_what_waits_and_what_was_decided(client):
    moderator = make_staff()
    petition = make_petition()
    moderation.approve(seen([make_comment(petition, state="pending", **written_in("it"))]), moderator)
    make_comment(petition, state="pending", **written_in("ko"))
    client.force_login(moderator)
    html = client.get(reverse("admin:index")).content.decode()
    assert '?language=ko"><span lang="ko">한국어</span></a> 1' in html
    assert '<th scope="col" lang="it">Italiano</th>' in html


def test_digest_waits_once_a_day_for_those_who_want_it(anna, morning):
    DeskChoice.objects.create(moderator=anna, wants_digest=True)
    DeskChoice.objects.create(moderator=make_staff("Moderators", "ben"))
    assert digest.tell_moderators() == 1
    assert digest.tell_moderators() == 0
    assert OutboxMail.objects.get().staff == anna


def test_digest_waits_for_the_morning(anna, monkeypatch):
    monkeypatch.setattr(digest, "TOLD_FROM_HOUR", 24)
    DeskChoice.objects.create(moderator=anna, wants_digest=True)
    assert digest.tell_moderators() == 0


def test_digest_tells_what_waits_in_languages_that_are_read(anna):
    petition = make_petition()
    for tag in ("ko", "ko", "it"):
        make_comment(petition, state="pending", **written_in(tag))
    message = mail_to(anna, languages="ko")
    assert message.subject == "2 comments wait for you"
    assert "한국어: 2" in message.body
    assert "Italiano" not in message.body
    assert "/admin/petitions/comment/desk/" in message.body


def test_digest_is_dropped_where_nothing_waits(anna):
    assert mail_to(anna) is None


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": False}, {"email": ""}])
def test_digest_is_dropped_for_whoever_left(anna, change):
    make_comment(state="pending")
    type(anna).objects.filter(pk=anna.pk).update(**change)
    assert mail_to(anna) is None


def test_digest_is_dropped_where_it_is_not_wanted_any_more(anna):
    make_comment(state="pending")
    assert mail_to(anna, wants_digest=False) is None
