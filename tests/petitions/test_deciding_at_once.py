"""Deciding a comment while its author or another moderator acts, on real connections."""

from contextlib import suppress

import pytest
from django.contrib.auth.models import User

from petitions import answering, moderation, reporting, signing
from petitions.models import Answer, Comment, Decision, Report

from ..factories import make_comment, make_petition, make_reason, make_signature, seen
from .test_signing_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_ten_moderators_decide_a_comment_once():
    moderator = User.objects.create_user("moderator")
    showed = seen([make_comment(state="pending")])
    verbs, reason = ["approve", "reject"], make_reason()
    done = at_once(lambda number: moderation.decide(verbs[number % 2], showed, moderator, reason=reason), 10)
    assert sum(map(len, done)) == Decision.objects.count() == 1


def test_no_name_goes_public_that_no_moderator_has_read():
    moderator = User.objects.create_user("moderator")
    for number in range(10):
        signature = make_signature(make_petition(f"petition-{number}"), visibility="hidden")
        comment = make_comment(signature.petition, state="pending", signature=signature)
        showed = seen([comment])

        def act(turn, signature=signature, showed=showed):
            if turn % 2:
                return moderation.approve(showed, moderator)
            return signing.change(signature, visibility="full", name="Offensive Words")

        at_once(act, 2)
    assert not Comment.objects.visible().exists()


def test_ten_moderators_undo_a_decision_once():
    moderator = User.objects.create_user("moderator")
    moderation.approve(seen([make_comment(state="pending")]), moderator)
    key = Decision.objects.get().pk

    def undo(_turn):
        with suppress(moderation.UndoRefusedError):
            return moderation.undo(key, moderator)

    assert len(list(filter(None, at_once(undo, 10)))) == 1
    assert Decision.objects.filter(verb="undo").count() == 1


def test_author_who_objects_ten_times_at_once_is_heard_once():
    moderator = User.objects.create_user("moderator")
    comment = make_comment(state="pending")
    moderation.reject(seen([comment]), moderator, reason=make_reason())

    def object_to(_turn):
        with suppress(answering.NotAnswerableError):
            answering.object_to_decision(comment, "Why?")

    at_once(object_to, 10)
    assert Answer.objects.count() == 1


def test_swarm_of_networks_at_once_leaves_as_many_rows_as_are_kept(monkeypatch):
    monkeypatch.setattr(reporting, "WAITING_AT_MOST", 4)
    comment, reason = make_comment(), make_reason()
    at_once(lambda turn: reporting.report(comment, reason, network=f"192.0.{turn}.0/24", language="en", email=""), 10)
    assert Report.objects.count() == 4
    assert Comment.objects.waiting().exists()
