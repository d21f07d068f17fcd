"""Staff's acts: what they change, what they refuse, and the line each leaves."""

import pytest
from django.db import IntegrityError, transaction

from petitions import counting, moderation, signing
from petitions.models import Comment, Signature, StaffAct

from ..factories import make_comment, make_petition, make_signature, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator():
    return make_staff("Moderators")


def test_approved_comment_is_visible(moderator):
    make_comment(state="pending")
    assert moderation.approve(Comment.objects.all(), moderator) == 1
    assert Comment.objects.visible().count() == 1


@pytest.mark.parametrize("verb", [moderation.reject, moderation.mark_spam])
def test_refused_comment_is_not_visible(moderator, verb):
    make_comment(state="pending")
    assert verb(Comment.objects.all(), moderator) == 1
    assert not Comment.objects.visible().exists()


def test_unconfirmed_comment_stays_invisible_when_approved(moderator):
    make_comment(state="pending", confirmed_at=None)
    moderation.approve(Comment.objects.all(), moderator)
    assert not Comment.objects.visible().exists()


def test_hidden_parent_hides_its_replies(moderator):
    parent = make_comment()
    make_comment(parent.petition, parent=parent)
    moderation.hide(Comment.objects.filter(pk=parent.pk), moderator)
    assert not Comment.objects.visible().exists()


def test_restored_parent_brings_its_replies_back(moderator):
    parent = make_comment()
    make_comment(parent.petition, parent=parent)
    moderation.hide(Comment.objects.filter(pk=parent.pk), moderator)
    moderation.restore(Comment.objects.filter(pk=parent.pk), moderator)
    assert Comment.objects.visible().count() == 2


def test_hidden_comment_cannot_be_approved_past_restore(moderator):
    make_comment(state="hidden")
    assert moderation.approve(Comment.objects.all(), moderator) == 0


def test_every_decision_leaves_a_line(moderator):
    comment = make_comment(state="pending")
    moderation.approve(Comment.objects.all(), moderator)
    act = StaffAct.objects.get()
    assert (act.actor_name, act.verb, act.object_kind, act.object_id) == (
        "moderators",
        "approve",
        "comment",
        comment.pk,
    )


@pytest.mark.parametrize("change", [lambda acts: acts.update(note="no"), lambda acts: acts.delete()])
def test_line_in_the_log_cannot_be_changed(moderator, change):
    make_comment(state="pending")
    moderation.approve(Comment.objects.all(), moderator)
    with pytest.raises(IntegrityError), transaction.atomic():
        change(StaffAct.objects.all())


def test_invalidated_signature_is_not_counted(moderator):
    petition = make_petition()
    signing.confirm(make_signature(petition, state="pending"))
    moderation.invalidate(Signature.objects.all(), moderator, "made up")
    assert counting.exact_count(petition) == 0
    assert StaffAct.objects.get().note == "made up"


def test_restored_signature_counts_again(moderator):
    petition = make_petition()
    signing.confirm(make_signature(petition, state="pending"))
    moderation.invalidate(Signature.objects.all(), moderator, "made up")
    moderation.restore_signatures(Signature.objects.all(), moderator)
    assert counting.exact_count(petition) == 1


def test_restored_pending_signature_waits_again(moderator):
    make_signature(state="pending")
    moderation.invalidate(Signature.objects.all(), moderator, "made up")
    moderation.restore_signatures(Signature.objects.all(), moderator)
    assert Signature.objects.get().state == "pending"


def test_passed_review_takes_the_mark_away(moderator):
    make_signature(review_reason="captcha unreachable")
    assert moderation.pass_review(Signature.objects.all(), moderator) == 1
    assert not Signature.objects.marked_for_review().exists()
