"""Staff's acts: what they change, what they refuse, and the line each leaves."""

import pytest
from django.db import IntegrityError, transaction

from petitions import counting, moderation, signing
from petitions.models import Comment, Signature, StaffAct

from ..factories import make_comment, make_petition, make_reason, make_signature, make_staff, seen

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator():
    return make_staff("Moderators")


def test_approved_comment_is_visible(moderator):
    make_comment(state="pending")
    assert moderation.approve(seen(Comment.objects.all()), moderator) == [Comment.objects.get().pk]
    assert Comment.objects.visible().count() == 1


@pytest.mark.parametrize("verb", ["reject", "spam"])
def test_refused_comment_is_not_visible(moderator, verb):
    make_comment(state="pending")
    assert moderation.decide(verb, seen(Comment.objects.all()), moderator, reason=make_reason())
    assert not Comment.objects.visible().exists()


@pytest.mark.parametrize("state", ["pending", "withdrawn", "invalidated"])
def test_comment_whose_signature_does_not_stand_is_not_decided(moderator, state):
    signature = make_signature(state=state)
    make_comment(signature.petition, state="pending", signature=signature)
    assert moderation.approve(seen(Comment.objects.all()), moderator) == []


def test_unconfirmed_comment_is_not_decided(moderator):
    make_comment(state="pending", confirmed_at=None)
    assert moderation.approve(seen(Comment.objects.all()), moderator) == []


def test_no_writer_can_approve_an_unconfirmed_comment():
    comment = make_comment(state="pending", confirmed_at=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.filter(pk=comment.pk).update(state="approved")


@pytest.mark.parametrize(
    "changes", [{"name": "Other Name"}, {"city": "Torino"}, {"visibility": "full"}, {"visibility": "hidden"}]
)
def test_comment_beside_another_name_than_was_seen_is_not_decided(moderator, changes):
    signature = make_signature()
    showed = seen([make_comment(signature.petition, state="pending", signature=signature)])
    signing.change(signature, **changes)
    assert moderation.approve(showed, moderator) == []


def test_signing_again_under_another_name_lets_approved_words_wait(moderator):
    signature = make_signature()
    make_comment(signature.petition, signature=signature)
    signing.withdraw(signature)
    Signature.objects.update(name="Other Name")
    signing.confirm(signature)
    assert not Comment.objects.visible().exists()
    assert Comment.objects.get().decided_at is None


def test_hidden_parent_hides_its_replies(moderator):
    parent = make_comment()
    make_comment(parent.petition, parent=parent)
    moderation.hide(seen(Comment.objects.filter(pk=parent.pk)), moderator, reason=make_reason())
    assert not Comment.objects.visible().exists()


def test_restored_parent_brings_its_replies_back(moderator):
    parent = make_comment()
    make_comment(parent.petition, parent=parent)
    moderation.hide(seen(Comment.objects.filter(pk=parent.pk)), moderator, reason=make_reason())
    moderation.restore(seen(Comment.objects.filter(pk=parent.pk)), moderator)
    assert Comment.objects.visible().count() == 2


def test_hidden_comment_cannot_be_approved_past_restore(moderator):
    make_comment(state="hidden")
    assert moderation.approve(seen(Comment.objects.all()), moderator) == []


def test_invalidated_signature_is_not_counted(moderator):
    petition = make_petition()
    signing.confirm(make_signature(petition, state="pending"))
    moderation.invalidate(seen(Signature.objects.all()), moderator, "made up")
    assert counting.exact_count(petition) == 0
    assert StaffAct.objects.get().note == "made up"


def test_restored_signature_counts_again(moderator):
    petition = make_petition()
    signing.confirm(make_signature(petition, state="pending"))
    moderation.invalidate(seen(Signature.objects.all()), moderator, "made up")
    moderation.restore_signatures(seen(Signature.objects.all()), moderator)
    assert counting.exact_count(petition) == 1


def test_restored_pending_signature_waits_again(moderator):
    make_signature(state="pending")
    moderation.invalidate(seen(Signature.objects.all()), moderator, "made up")
    moderation.restore_signatures(seen(Signature.objects.all()), moderator)
    assert Signature.objects.get().state == "pending"


def test_passed_review_takes_the_mark_away(moderator):
    make_signature(review_reason="captcha unreachable")
    assert moderation.pass_review(seen(Signature.objects.all()), moderator)
    assert not Signature.objects.marked_for_review().exists()
