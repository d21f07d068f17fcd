"""Replies follow their parent: hidden with it, and back exactly as they were."""

import pytest

from petitions import commenting, moderation, personal_data, signing
from petitions.models import Comment
from petitions.views.comments import comment_page

from ..factories import make_comment, make_petition, make_reason, make_signature, make_staff, seen

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna():
    return make_staff("Moderators", "anna")


@pytest.fixture
def parent():
    return make_comment(text="parent")


@pytest.fixture
def branch(parent):
    """One reply in each state."""
    return {
        state: make_comment(parent.petition, parent=parent, state=state, text=state) for state in Comment.State.values
    }


def hide(comment, actor):
    comment.refresh_from_db()
    assert moderation.hide(seen([comment]), actor, reason=make_reason())


def restore(comment, actor):
    comment.refresh_from_db()
    assert moderation.restore(seen([comment]), actor)


def shown():
    return set(Comment.objects.visible().values_list("text", flat=True))


def test_hidden_parent_hides_its_branch(parent, branch, anna):
    hide(parent, anna)
    assert shown() == set()


def test_restored_parent_restores_exactly_what_was_visible(parent, branch, anna):
    before = shown()
    hide(parent, anna)
    restore(parent, anna)
    assert shown() == before == {"parent", "approved"}


def test_undone_hiding_restores_exactly_what_was_visible(parent, branch, anna):
    hide(parent, anna)
    moderation.undo(moderation.Decision.objects.get().pk, anna)
    assert shown() == {"parent", "approved"}


def test_reply_hidden_by_itself_stays_hidden_when_its_parent_comes_back(parent, branch, anna):
    hide(branch["approved"], anna)
    hide(parent, anna)
    restore(parent, anna)
    assert shown() == {"parent"}


def test_reply_that_waits_below_a_hidden_parent_is_decided_and_shown_with_it(parent, branch, anna):
    hide(parent, anna)
    assert branch["pending"] in Comment.objects.waiting()
    moderation.approve(seen([branch["pending"]]), anna)
    assert shown() == set()
    restore(parent, anna)
    assert shown() == {"parent", "approved", "pending"}


def test_parent_that_waits_again_takes_its_branch_along():
    signature = make_signature()
    parent = make_comment(signature.petition, signature=signature, text="signed")
    make_comment(signature.petition, parent=parent, text="below")
    signing.change(signature, visibility="full")
    assert shown() == set()


def test_erased_parent_takes_its_branch_along():
    signature = make_signature()
    parent = make_comment(signature.petition, signature=signature)
    make_comment(signature.petition, parent=parent)
    personal_data.erase(signature)
    assert not Comment.objects.exists()


def test_withdrawn_parent_hides_its_branch():
    signature = make_signature()
    parent = make_comment(signature.petition, signature=signature)
    make_comment(signature.petition, parent=parent)
    signing.withdraw(signature)
    assert shown() == set()


def test_nobody_replies_to_a_hidden_parent(parent, anna):
    hide(parent, anna)
    said = {"name": "Ugo", "email": "ugo@mail.example", "text": "Yes.", "language": "en"}
    with pytest.raises(commenting.NotAnswerableError):
        commenting.comment_unsigned(parent.petition, parent=parent, **said)


def test_reply_below_a_hidden_parent_is_not_reported(client, parent, branch, anna):
    hide(parent, anna)
    assert client.get(f"/en/comments/{branch['approved'].pk}/report/").status_code == 404


def test_page_of_comments_shows_no_reply_without_its_parent(parent, branch, anna):
    other = make_comment(parent.petition, text="other")
    hide(parent, anna)
    page = comment_page(make_petition("empty"))
    assert page.items == []
    assert [comment.pk for comment in comment_page(parent.petition).items] == [other.pk]
