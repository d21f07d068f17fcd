"""What a decision leaves behind, taking it back, and leaving it to somebody else."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from petitions import moderation, signing
from petitions.history import history_of
from petitions.models import Comment, Decision

from ..factories import make_comment, make_reason, make_signature, make_staff, seen, written_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna():
    return make_staff("Moderators", "anna")


@pytest.fixture
def bruno():
    return make_staff("Moderators", "bruno")


@pytest.fixture
def comment():
    return make_comment(state="pending", **written_in("ko"))


def decide(verb, comment, actor, **said):
    comment.refresh_from_db()
    if verb in ("reject", "hide"):
        said.setdefault("reason", make_reason())
    return moderation.decide(verb, seen([comment]), actor, **said)


def last():
    return Decision.objects.last_about(Decision.objects.values_list("comment_number", flat=True)).popitem()[1]


def state(comment):
    comment.refresh_from_db()
    return comment.state


class TestRow:
    def test_decision_says_who_what_why_and_from_what(self, comment, anna):
        showed = comment.as_seen
        decide("reject", comment, anna, note="Names a whole country.")
        row = Decision.objects.get()
        assert (row.comment_number, row.actor_id, row.actor_name, row.by) == (comment.pk, anna.pk, "anna", "person")
        assert (row.verb, row.reason.key, row.note) == ("reject", "insult", "Names a whole country.")
        assert (row.state_before, row.state_after, row.seen) == ("pending", "rejected", showed)
        assert (row.written_in, row.waited_since) == ("ko", comment.confirmed_at)

    def test_without_an_actor_a_rule_decided(self, comment):
        decide("approve", comment, None, note="Approved three times before.")
        assert (Decision.objects.get().by, Decision.objects.get().actor_id) == ("rule", 0)

    @pytest.mark.parametrize("change", [lambda rows: rows.update(note="no"), lambda rows: rows.delete()])
    def test_row_cannot_be_changed(self, comment, anna, change):
        decide("approve", comment, anna)
        with pytest.raises(IntegrityError), transaction.atomic():
            change(Decision.objects.all())

    def test_table_cannot_be_emptied(self, db):
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE petitions_decision ENABLE TRIGGER petitions_decision_never_emptied")
            with pytest.raises(IntegrityError), transaction.atomic():
                cursor.execute("TRUNCATE petitions_decision CASCADE")

    def test_row_outlives_its_comment(self, comment, anna):
        number = comment.pk
        decide("approve", comment, anna)
        comment.delete()
        assert Decision.objects.get().comment_number == number

    @pytest.mark.parametrize(("verb", "before"), [("reject", "pending"), ("hide", "approved")])
    @pytest.mark.parametrize("is_retired", [True, None])
    def test_refusing_needs_a_reason_that_is_offered(self, anna, verb, before, is_retired):
        comment = make_comment(state=before)
        reason = make_reason(is_retired=True) if is_retired else None
        with pytest.raises(moderation.ReasonMissingError):
            decide(verb, comment, anna, reason=reason)
        assert state(comment) == before

    def test_history_tells_it_in_order(self, comment, anna, bruno):
        decide("reject", comment, anna)
        moderation.undo(last().pk, bruno)
        moderation.correct_language(comment, "it", bruno)
        told = [(event.who, event.did, event.why, event.is_undone) for event in history_of(comment.pk)]
        assert told == [
            ("anna", "rejected", "Speaks ill of a people or a city", True),
            ("bruno", "undone: “rejected”", "", False),
            ("bruno", "correct language", "ko → it", False),
        ]


class TestUndoing:
    @pytest.mark.parametrize(
        ("before", "verb"), [("pending", "approve"), ("pending", "reject"), ("approved", "hide"), ("hidden", "restore")]
    )
    def test_undone_comment_is_what_it_was(self, anna, bruno, before, verb):
        comment = make_comment(state=before)
        decide(verb, comment, anna)
        row = moderation.undo(last().pk, bruno)
        assert state(comment) == before
        assert (row.verb, row.undoes.verb, row.actor_name, row.state_after) == ("undo", verb, "bruno", before)

    def test_undone_comment_can_be_decided_otherwise(self, comment, anna):
        decide("reject", comment, anna)
        moderation.undo(last().pk, anna)
        assert decide("approve", comment, anna)

    def test_decision_is_undone_once(self, comment, anna):
        decide("reject", comment, anna)
        key = last().pk
        moderation.undo(key, anna)
        with pytest.raises(moderation.UndoRefusedError):
            moderation.undo(key, anna)

    def test_undoing_is_not_undone(self, comment, anna):
        decide("reject", comment, anna)
        with pytest.raises(moderation.UndoRefusedError):
            moderation.undo(moderation.undo(last().pk, anna).pk, anna)

    def test_decision_that_another_followed_stays_and_the_other_is_named(self, comment, anna, bruno):
        decide("reject", comment, anna)
        key = last().pk
        decide("approve", comment, bruno)
        with pytest.raises(moderation.UndoRefusedError) as refused:
            moderation.undo(key, anna)
        assert (refused.value.last.actor_name, refused.value.last.verb) == ("bruno", "approve")

    def test_decision_of_yesterday_stays(self, comment, anna, monkeypatch):
        decide("reject", comment, anna)
        tomorrow = timezone.now() + timedelta(hours=24, minutes=1)
        monkeypatch.setattr(timezone, "now", lambda: tomorrow)
        with pytest.raises(moderation.UndoRefusedError):
            moderation.undo(last().pk, anna)

    def test_hidden_words_come_back_beside_no_name_that_nobody_has_read(self, anna):
        signature = make_signature()
        comment = make_comment(signature.petition, signature=signature)
        decide("hide", comment, anna)
        signing.change(signature, visibility="full")
        with pytest.raises(moderation.UndoRefusedError):
            moderation.undo(last().pk, anna)

    def test_decision_about_an_erased_comment_is_refused(self, comment, anna):
        decide("reject", comment, anna)
        key = last().pk
        comment.delete()
        with pytest.raises(moderation.UndoRefusedError):
            moderation.undo(key, anna)

    def test_made_up_decision_is_refused(self, anna):
        with pytest.raises(moderation.UndoRefusedError):
            moderation.undo(4711, anna)


class TestSecondOpinion:
    def test_held_comment_waits_on_for_others_only(self, comment, anna, bruno):
        assert moderation.hold(seen([comment]), anna, note="I do not read Korean.") == [comment.pk]
        assert list(Comment.objects.waiting().open_to(bruno.pk)) == [comment]
        assert not Comment.objects.waiting().open_to(anna.pk).exists()

    def test_who_held_it_does_not_decide_it(self, comment, anna, bruno):
        moderation.hold(seen([comment]), anna)
        assert decide("approve", comment, anna) == []
        assert decide("approve", comment, bruno) == [comment.pk]

    def test_no_rule_decides_what_is_held(self, comment, anna):
        moderation.hold(seen([comment]), anna)
        assert decide("approve", comment, None) == []

    def test_undone_hold_is_theirs_again(self, comment, anna):
        moderation.hold(seen([comment]), anna)
        moderation.undo(last().pk, anna)
        assert decide("approve", comment, anna) == [comment.pk]

    def test_undone_decision_is_held_as_before(self, comment, anna, bruno):
        moderation.hold(seen([comment]), anna)
        decide("reject", comment, bruno)
        moderation.undo(last().pk, bruno)
        assert decide("approve", comment, anna) == []

    @pytest.mark.parametrize("decided", ["approved", "rejected", "hidden"])
    def test_decided_comment_is_not_held(self, anna, decided):
        assert moderation.hold(seen([make_comment(state=decided)]), anna) == []

    def test_stale_screen_holds_nothing(self, comment, anna):
        showed = seen([comment])
        Comment.objects.update(text="Other words.")
        assert moderation.hold(showed, anna) == []
