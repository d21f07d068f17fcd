"""A petition's steps: which are allowed, what each leaves behind, and that signing asks."""

from datetime import timedelta

import pytest
from django.utils import timezone

from petitions import commenting, following, lifecycle, signing
from petitions.lifecycle import NotOpenError, StepRefusedError
from petitions.models import Comment, Follower, Petition, Signature, StaffAct

from ..factories import make_comment, make_petition, make_signature, make_staff
from .test_signing import details

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def organizer():
    return make_staff("Organizers")


def log():
    return list(StaffAct.objects.order_by("pk").values_list("actor_name", "verb", "object_kind"))


class TestSteps:
    @pytest.mark.parametrize(
        ("before", "step", "after"),
        [
            ("draft", lifecycle.publish, "open"),
            ("open", lifecycle.unpublish, "draft"),
            ("open", lifecycle.pause, "paused"),
            ("paused", lifecycle.resume, "open"),
            ("open", lifecycle.close, "closed"),
            ("paused", lifecycle.close, "closed"),
            ("closed", lifecycle.reopen, "open"),
        ],
    )
    def test_allowed_step_is_taken_and_logged(self, organizer, before, step, after):
        closed_at = timezone.now() if before == "closed" else None
        petition = make_petition(status=before, closed_at=closed_at)
        step(petition, organizer)
        assert (petition.status, Petition.objects.get().status) == (after, after)
        assert log() == [("organizers", step.__name__, "petition")]

    @pytest.mark.parametrize("step", [lifecycle.publish, lifecycle.resume, lifecycle.reopen])
    def test_step_from_another_state_is_refused_and_not_logged(self, organizer, step):
        petition = make_petition()
        with pytest.raises(StepRefusedError):
            step(petition, organizer)
        assert log() == []

    def test_second_of_two_who_close_at_once_is_refused(self, organizer):
        petition, same = make_petition(), Petition.objects.get()
        lifecycle.close(petition, organizer)
        with pytest.raises(StepRefusedError):
            lifecycle.close(same, organizer)
        assert len(log()) == 1

    def test_petition_published_for_later_is_not_open_yet(self, organizer):
        petition = make_petition(status="draft", opened_at=None)
        lifecycle.publish(petition, organizer, at=timezone.now() + HOUR)
        assert not Petition.objects.get().is_open

    def test_reopening_forgets_a_closing_time_that_has_passed(self, organizer):
        past = timezone.now() - HOUR
        petition = make_petition(status="closed", closed_at=past, closes_at=past, opened_at=past - HOUR)
        lifecycle.reopen(petition, organizer)
        assert Petition.objects.get().is_open

    @pytest.mark.parametrize("status", ["open", "paused"])
    def test_worker_closes_an_overdue_petition_at_its_own_time_and_says_so(self, status):
        past = timezone.now() - HOUR
        make_petition(status=status, closes_at=past, opened_at=past - HOUR)
        assert lifecycle.close_overdue() == 1
        assert Petition.objects.get().closed_at == past
        assert log() == [("worker", "close", "petition")]


@pytest.mark.parametrize("status", ["draft", "paused", "closed"])
class TestNotOpen:
    def petition(self, status):
        return make_petition(status=status, closed_at=timezone.now() if status == "closed" else None)

    def test_signing_is_refused(self, status):
        petition = self.petition(status)
        with pytest.raises(NotOpenError):
            signing.sign(petition, petition.text("en"), details())
        assert not Signature.objects.exists()


class TestGrace:
    def test_confirming_a_day_after_the_end_is_refused(self):
        ended = timezone.now() - timedelta(hours=25)
        signature = make_signature(make_petition(status="closed", closed_at=ended), state="pending")
        with pytest.raises(NotOpenError):
            signing.confirm(signature)
        assert Signature.objects.get().state == "pending"

    @pytest.mark.parametrize("status", ["paused", "closed"])
    def test_signature_given_in_time_may_be_confirmed(self, status):
        closed_at = timezone.now() - HOUR if status == "closed" else None
        signature = make_signature(make_petition(status=status, closed_at=closed_at), state="pending")
        assert signing.confirm(signature)


class TestDraft:
    def test_following_is_refused(self):
        with pytest.raises(NotOpenError):
            following.follow(make_petition(status="draft"), email="a@mail.example", language="en")
        assert not Follower.objects.exists()

    def test_commenting_is_refused(self):
        with pytest.raises(NotOpenError):
            commenting.comment_unsigned(
                make_petition(status="draft"), name="Ana", email="a@mail.example", text="Yes.", language="en"
            )
        assert not Comment.objects.exists()


class TestCommenting:
    @pytest.mark.parametrize("state", ["pending", "withdrawn", "invalidated"])
    def test_signer_whose_signature_does_not_count_is_refused(self, state):
        with pytest.raises(commenting.NotConfirmedError):
            commenting.comment_signed(make_signature(state=state), text="Yes.", language="en")
        assert not Comment.objects.exists()

    def test_reply_to_what_the_public_does_not_read_is_refused(self):
        signature = make_signature()
        hidden = make_comment(signature.petition, state="hidden")
        with pytest.raises(commenting.NotAnswerableError):
            commenting.comment_signed(signature, text="Yes.", language="en", parent=hidden)

    def test_reply_to_a_reply_is_refused(self):
        signature = make_signature()
        reply = make_comment(signature.petition, parent=make_comment(signature.petition))
        with pytest.raises(commenting.NotAnswerableError):
            commenting.comment_signed(signature, text="Yes.", language="en", parent=reply)

    def test_reply_to_another_petitions_comment_is_refused(self):
        other = make_comment(make_petition("other"))
        with pytest.raises(commenting.NotAnswerableError):
            commenting.comment_signed(make_signature(make_petition()), text="Yes.", language="en", parent=other)
