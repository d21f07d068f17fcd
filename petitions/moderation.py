"""Staff's acts on comments and signatures. Each leaves a row that nobody can change."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import connection, transaction
from django.utils import timezone

from . import counting
from .answering import reopen_answers, tell_authors
from .languages import tag_named, validate_language_tag
from .models import Act, Answer, Comment, Decision, Reason, Signature, StaffAct
from .models.comments import DECISIONS, Step
from .models.decisions import NEED_A_REASON
from .models.staff import NOBODY, act_by
from .names import tidy
from .replies import tell_of_replies
from .reporting import reopen_reports, settle_reports
from .seen import words_in

S = Comment.State
CAN_BE_UNDONE = timedelta(hours=24)
NOTE_LENGTH = 300
# What a decision ends.
NOTHING_WAITS: dict[str, Any] = {"left_by": None, "reported_at": None, "asked_again_at": None, "unseen_since": None}

# What is undone within a day is told to nobody; then the mails go out over another, for mail of new signers goes too.
TOLD_AFTER, TOLD_WITHIN = timedelta(days=1), timedelta(days=1)
TELL_SQL = """
    INSERT INTO petitions_outboxmail (kind, signature_id, language, created_at, due_at)
    SELECT 'taken_out', id, language, %(at)s, %(at)s + %(after)s + %(within)s * (id %% 1000 / 1000.0)
    FROM petitions_signature WHERE id = ANY(%(signatures)s) AND email <> '' AND mails_stopped_at IS NULL
"""


class ReasonMissingError(Exception):
    """Rejecting and hiding need a reason that is still offered: its words go to the author."""


class UndoRefusedError(Exception):
    """Too late, undone before, or the comment is no longer as that decision left it; `last` says what came last."""

    def __init__(self, last: Decision | None) -> None:
        super().__init__(str(last))
        self.last = last


def decide(
    decision: str,
    seen: Mapping[int, str],
    actor: AbstractBaseUser | None,
    *,
    reason: Reason | None = None,
    note: str = "",
) -> list[int]:
    """Change those of the seen comments that are still as their screen showed them; their keys.

    `seen` holds each comment's `as_seen` of that moment. Only confirmed comments whose signature stands are decided,
    of two moderators at once the first decides, and nobody decides what they left to others, or what an author objects
    to in their decision. Without an actor a rule decided, which the note names. Raises ReasonMissingError.
    """
    step = DECISIONS[decision]
    note = _tidy(note)
    if decision in NEED_A_REASON and (reason is None or reason.is_retired):
        raise ReasonMissingError(decision)
    with transaction.atomic():
        locked, barred = _locked_comments(seen), Answer.objects.barred(seen)
        decided = [
            comment
            for comment in locked
            if _leads_on(comment, step) and _is_open_to(comment, actor, barred) and comment.as_seen == seen[comment.pk]
        ]
        keys = [comment.pk for comment in decided]
        rows = Decision.objects.bulk_create(
            _row(decision, comment, actor, step.state, seen=seen[comment.pk], reason=reason, note=note)
            for comment in decided
        )
        Comment.objects.filter(pk__in=keys).update(state=step.state, decided_at=timezone.now(), **NOTHING_WAITS)
        if step.state == Comment.State.APPROVED:
            tell_of_replies([comment for comment in decided if comment.state != step.state])
        by_number = {row.comment_number: row for row in rows}
        tell_authors(by_number)
        settle_reports(by_number)
    return keys


approve = partial(decide, "approve")
reject = partial(decide, "reject")
mark_spam = partial(decide, "spam")
# Its replies go with it until it is restored.
hide = partial(decide, "hide")
restore = partial(decide, "restore")


def hold(seen: Mapping[int, str], actor: AbstractBaseUser, *, note: str = "") -> list[int]:
    """Leave seen comments that wait to another moderator; their keys. They go on waiting."""
    with transaction.atomic():
        held = [
            comment
            for comment in _locked_comments(seen)
            if comment.waits_since and comment.left_by != actor.pk and comment.as_seen == seen[comment.pk]
        ]
        keys = [comment.pk for comment in held]
        Decision.objects.bulk_create(
            _row("hold", comment, actor, S(comment.state), seen=seen[comment.pk], note=_tidy(note)) for comment in held
        )
        Comment.objects.filter(pk__in=keys).update(left_by=actor.pk)
    return keys


def undo(decision_key: int, actor: AbstractBaseUser) -> Decision:
    """Put a comment back to what it was before a decision of the last day; the new row that says so.

    Whoever moderates may undo whoever's. Raises UndoRefusedError.
    """
    with transaction.atomic():
        decision = Decision.objects.filter(pk=decision_key).first()
        comment = next(iter(_locked_comments([decision.comment_number])), None) if decision else None
        last = Decision.objects.last_about([comment.pk]).get(comment.pk) if comment else None
        if decision is None or comment is None or last != decision or not _can_be_undone(decision, comment):
            raise UndoRefusedError(last)
        row = _row("undo", comment, actor, S(decision.state_before), seen=comment.as_seen)
        row.undoes = decision
        row.save()
        waits = {
            "asked_again_at": decision.waited_since if row.state_after == S.PENDING else None,
            "reported_at": decision.waited_since if row.state_after == S.APPROVED else None,
            "left_by": decision.left_by_before,
        }
        decided_at = None if row.state_after == S.PENDING else timezone.now()
        Comment.objects.filter(pk=comment.pk).update(state=row.state_after, decided_at=decided_at, **waits)
        reopen_answers(decision)
        reopen_reports(decision)
    return row


def _tidy(note: str) -> str:
    return tidy(note[: 4 * NOTE_LENGTH].replace("\0", ""))[:NOTE_LENGTH]


def _locked_comments(keys: Collection[int]) -> list[Comment]:
    chosen = Comment.objects.confirmed().filter(pk__in=list(keys))
    # The name comes from the signature: it is locked first, as by signers who change theirs.
    list(Signature.objects.filter(comments__in=chosen).order_by("pk").select_for_update(of=("self",), no_key=True))
    return list(chosen.select_related("signature").order_by("pk").select_for_update(of=("self",)))


def _leads_on(comment: Comment, step: Step) -> bool:
    """A comment that stands where the step leads is decided again only where it was reported, or not looked at yet."""
    asks_again = comment.reported_at is not None or comment.unseen_since is not None
    return comment.state in step.before and (comment.state != step.state or asks_again)


def _is_open_to(comment: Comment, actor: AbstractBaseUser | None, barred: Mapping[int, int]) -> bool:
    """A rule decides nothing that a person has left to persons, or that an author objects to."""
    if actor is None:
        return comment.left_by is None and comment.pk not in barred
    return actor.pk not in (comment.left_by, barred.get(comment.pk))


def _can_be_undone(decision: Decision, comment: Comment) -> bool:
    is_as_left = comment.state == decision.state_after and words_in(comment.as_seen) == words_in(decision.seen)
    return is_as_left and decision.verb != Decision.Verb.UNDO and timezone.now() - decision.at < CAN_BE_UNDONE


def _row(verb: str, comment: Comment, actor: AbstractBaseUser | None, after: S, **said: Any) -> Decision:
    return Decision(
        comment_number=comment.pk,
        actor_id=actor.pk if actor else NOBODY,
        actor_name=actor.get_username() if actor else "",
        by=Decision.By.PERSON if actor else Decision.By.RULE,
        verb=verb,
        state_before=comment.state,
        state_after=after,
        written_in=comment.written_in,
        waited_since=comment.waits_since,
        left_by_before=comment.left_by,
        **said,
    )


def correct_language(comment: Comment, language: str, actor: AbstractBaseUser) -> str:
    """Say what a comment is written in, or that nobody can tell (""); the worker leaves that alone. The tag.

    Raises ValidationError for what is no language, and Comment.DoesNotExist where nobody confirmed it.
    """
    tag = tag_named(language)
    if tag:
        validate_language_tag(tag)
    with transaction.atomic():
        confirmed = Comment.objects.filter(confirmed_at__isnull=False)
        locked = confirmed.select_for_update(no_key=True).get(pk=comment.pk)
        note = f"{locked.written_in or '?'} → {tag or '?'}"
        locked.written_in, locked.written_in_source = tag, Comment.ToldBy.PERSON
        locked.written_in_confidence = 100
        locked.save(update_fields=["written_in", "written_in_source", "written_in_confidence"])
        act_by(actor, "correct language", locked, note).save()
    return tag


def invalidate(
    seen: Mapping[int, str],
    actor: AbstractBaseUser,
    reason: str,
    public_reason: Signature.InvalidatedFor = Signature.InvalidatedFor.OTHER,
) -> list[int]:
    """Take signatures that are still as their screen showed them out of the count; their keys.

    `reason` stays in the log of staff acts; `public_reason` is counted on the petition's integrity page.
    """
    with transaction.atomic():
        locked = _locked(seen, state__in=[*Signature.CAN_BE_RELEASED, Signature.State.CONFIRMED])
        take_out(locked, timezone.now(), public_reason)
        return _logged(locked, actor, "invalidate", reason)


def restore_signatures(seen: Mapping[int, str], actor: AbstractBaseUser) -> list[int]:
    """Undo an invalidation: confirmed ones count again, held ones and those not yet confirmed wait as before. Their
    keys."""
    with transaction.atomic():
        locked = _locked(seen, state=Signature.State.INVALIDATED)
        bring_back((signature, state_before(signature)) for signature in locked)
        return _logged(locked, actor, "restore")


def take_out(signatures: Collection[Signature], at: datetime, public_reason: str) -> None:
    """Take signatures, whose rows the caller has locked, out of the count. Their signers are told how to object."""
    Signature.objects.filter(pk__in=[signature.pk for signature in signatures]).update(
        state=Signature.State.INVALIDATED, invalidated_at=at, invalidated_for=public_reason
    )
    counting.record(-1, *(signature.pk for signature in signatures if signature.is_counted), act=Act.INVALIDATED)
    # Whose address was never confirmed did not ask us to write.
    told = [signature.pk for signature in signatures if signature.is_confirmed]
    values: dict[str, Any] = {"at": at, "after": TOLD_AFTER, "within": TOLD_WITHIN, "signatures": told}
    with connection.cursor() as cursor:
        cursor.execute(TELL_SQL, values)


def bring_back(locked: Iterable[tuple[Signature, str]]) -> None:
    """Give invalidated signatures, whose rows the caller has locked, the state named beside each."""
    keys: dict[str, list[int]] = {}
    for signature, state in locked:
        keys.setdefault(state, []).append(signature.pk)
    # Under the reason that stands until now.
    counting.record(+1, *keys.get(Signature.State.CONFIRMED, []), act=Act.RESTORED)
    for state, of_state in keys.items():
        Signature.objects.filter(pk__in=of_state).update(state=state, invalidated_at=None, invalidated_for="")


def release(seen: Mapping[int, str], actor: AbstractBaseUser) -> list[int]:
    """Say that held signatures are fine: confirmed ones count from now on, the others once confirmed. Their keys."""
    with transaction.atomic():
        return release_locked([signature for signature in _locked(seen) if signature.is_waiting_for_release], actor)


def release_locked(locked: list[Signature], actor: AbstractBaseUser) -> list[int]:
    """Of rows that this transaction holds locked, none of them invalidated."""
    keys = [signature.pk for signature in locked]
    confirmed = [signature.pk for signature in locked if signature.is_confirmed]
    StaffAct.objects.bulk_create(act_by(actor, "release", signature, signature.held_reason) for signature in locked)
    Signature.objects.filter(pk__in=keys).update(held_reason="", held_by=None)
    Signature.objects.filter(pk__in=confirmed).update(state=Signature.State.CONFIRMED)
    counting.record(+1, *confirmed, act=Act.CONFIRMED)
    return keys


def pass_review(seen: Mapping[int, str], actor: AbstractBaseUser) -> list[int]:
    """Say that marked signatures are fine: the mark goes, nothing else changes. Their keys."""
    with transaction.atomic():
        marked = [signature for signature in _locked(seen) if signature.review_reason]
        Signature.objects.filter(pk__in=[signature.pk for signature in marked]).update(review_reason="")
        StaffAct.objects.bulk_create(
            act_by(actor, "pass review", signature, signature.review_reason) for signature in marked
        )
    return [signature.pk for signature in marked]


def state_before(invalidated: Signature) -> Signature.State:
    if invalidated.confirmed_at is None:
        return Signature.State.PENDING
    return Signature.State.HELD if invalidated.held_reason else Signature.State.CONFIRMED


def _locked(seen: Mapping[int, str], **allowed: Any) -> list[Signature]:
    """Rows are locked in one order, and compared under the lock."""
    rows = Signature.objects.filter(pk__in=list(seen), **allowed).order_by("pk").select_for_update()
    return [signature for signature in rows if signature.as_seen == seen[signature.pk]]


def _logged(signatures: list[Signature], actor: AbstractBaseUser, verb: str, note: str = "") -> list[int]:
    StaffAct.objects.bulk_create(act_by(actor, verb, signature, note) for signature in signatures)
    return [signature.pk for signature in signatures]
