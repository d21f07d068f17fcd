"""Staff's acts on comments and signatures. Each leaves a line in the append-only log."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import connection, transaction
from django.utils import timezone

from . import counting
from .languages import tag_named, validate_language_tag
from .models import Act, Comment, Signature, StaffAct
from .models.comments import DECISIONS
from .models.staff import act_by
from .replies import tell_of_replies

# What is undone within a day is told to nobody; then the mails go out over another, for mail of new signers goes too.
TOLD_AFTER, TOLD_WITHIN = timedelta(days=1), timedelta(days=1)
TELL_SQL = """
    INSERT INTO petitions_outboxmail (kind, signature_id, language, created_at, due_at)
    SELECT 'taken_out', id, language, %(at)s, %(at)s + %(after)s + %(within)s * (id %% 1000 / 1000.0)
    FROM petitions_signature WHERE id = ANY(%(signatures)s) AND email <> '' AND mails_stopped_at IS NULL
"""


def decide(decision: str, seen: Mapping[int, str], actor: AbstractBaseUser) -> list[int]:
    """Change those of the seen comments that are still as their screen showed them; their keys.

    `seen` holds each comment's `as_seen` of that moment. Only confirmed comments whose signature stands are decided,
    and of two moderators at once the first decides.
    """
    step = DECISIONS[decision]
    chosen = Comment.objects.confirmed().filter(pk__in=list(seen))
    with transaction.atomic():
        # The name comes from the signature: it is locked first, as by signers who change theirs.
        list(Signature.objects.filter(comments__in=chosen).order_by("pk").select_for_update(of=("self",), no_key=True))
        locked = chosen.select_related("signature").order_by("pk").select_for_update(of=("self",))
        decided = [
            comment for comment in locked if comment.state in step.before and comment.as_seen == seen[comment.pk]
        ]
        keys = [comment.pk for comment in decided]
        Comment.objects.filter(pk__in=keys).update(state=step.state, decided_at=timezone.now())
        StaffAct.objects.bulk_create(act_by(actor, step.logged_as, comment) for comment in decided)
        if step.state == Comment.State.APPROVED:
            tell_of_replies(decided)
    return keys


approve = partial(decide, "approve")
reject = partial(decide, "reject")
mark_spam = partial(decide, "spam")
# Its replies go with it until it is restored.
hide = partial(decide, "hide")
restore = partial(decide, "restore")


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
    with connection.cursor() as cursor:
        cursor.execute(TELL_SQL, {"at": at, "after": TOLD_AFTER, "within": TOLD_WITHIN, "signatures": told})


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
        return _release([signature for signature in _locked(seen) if signature.is_waiting_for_release], actor)


def _release(locked: list[Signature], actor: AbstractBaseUser) -> list[int]:
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
