"""Deciding a comment while its author or another moderator acts, on real connections."""

import pytest
from django.contrib.auth.models import User

from petitions import moderation, signing
from petitions.models import Comment, Decision

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
