"""Authors whom a petition trusts are public at once, and looked at afterwards."""

import pytest

from petitions import moderation
from petitions.desk.clusters import look_at_new
from petitions.models import Comment, Decision

from ...factories import make_comment, make_petition, make_reason, make_staff, seen

pytestmark = pytest.mark.django_db
AUTHOR = {"email": "rosa@mail.example", "canonical_email": "rosa@mail.example"}


@pytest.fixture
def petition():
    return make_petition(trusts_after=2)


def written(petition, text="Words of mine.", **fields):
    comment = make_comment(petition, state="pending", text=text, **AUTHOR | fields)
    look_at_new()
    return Comment.objects.get(pk=comment.pk)


def approved(petition, times):
    for _ in range(times):
        make_comment(petition, **AUTHOR)


def test_author_approved_often_enough_is_public_at_once(petition):
    approved(petition, 2)
    comment = written(petition)
    assert (comment.state, comment.unseen_since is not None) == ("approved", True)
    assert Decision.objects.get().by == "rule"


def test_author_approved_too_seldom_waits(petition):
    approved(petition, 1)
    assert written(petition).state == "pending"


def test_petition_that_trusts_nobody_lets_all_wait():
    petition = make_petition()
    approved(petition, 9)
    assert written(petition).state == "pending"


@pytest.mark.parametrize("state", ["rejected", "spam", "hidden"])
def test_author_who_was_refused_once_waits(petition, state):
    approved(petition, 2)
    make_comment(petition, state=state, **AUTHOR)
    assert written(petition).state == "pending"


def test_personal_data_is_held(petition):
    approved(petition, 2)
    assert written(petition, "Call him: 053-803-0114").state == "pending"


def test_what_nobody_looked_at_gains_no_trust(petition):
    approved(petition, 1)
    make_comment(petition, unseen_since="2026-01-01T00:00Z", **AUTHOR)
    assert written(petition).state == "pending"


def test_looking_afterwards_ends_the_wait(petition):
    approved(petition, 2)
    comment = written(petition)
    assert moderation.approve(seen([comment]), make_staff()) == [comment.pk]
    assert Comment.objects.get(pk=comment.pk).unseen_since is None


def test_looking_afterwards_may_hide(petition):
    approved(petition, 2)
    comment = written(petition)
    moderation.hide(seen([comment]), make_staff(), reason=make_reason())
    assert Comment.objects.get(pk=comment.pk).state == "hidden"
