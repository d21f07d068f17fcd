"""Taking many signatures out of the count: asked for, agreed to, done in batches by the worker, undone exactly."""

import time
from collections.abc import Collection
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import connection, transaction
from django.db.models import F, Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from ..lifecycle import StepRefusedError, compare_and_set
from ..models import InvalidatedSignature, Invalidation, Signature
from ..models.staff import act_by
from ..moderation import bring_back, take_out
from .criteria import matching

S = Invalidation.State
End = InvalidatedSignature.End

# Above so many names two people decide.
ALONE_AT_MOST = 10
# Looked at, and so at most locked, in one transaction: a signer who acts on one of them waits a moment.
BATCH = 1000
PAUSE, LONGEST_PAUSE = 2.0, 2.0

REMEMBER_SQL = """
    INSERT INTO petitions_invalidatedsignature (invalidation_id, signature_id, state_before, invalidated_at, "end")
    SELECT %s, id, state, %s, '' FROM petitions_signature WHERE id = ANY(%s)
"""


class InvalidationRefusedError(Exception):
    """It may not be done, or not by this person. Says why, in words for staff."""


def newest_key() -> int:
    """One above all signatures that there are: what is previewed is what will be taken, and nothing newer."""
    return (Signature.objects.aggregate(newest=Max("pk"))["newest"] or 0) + 1


def needs_second_person(count: int) -> bool:
    return count > ALONE_AT_MOST


def ask(asked: Invalidation, actor: AbstractBaseUser) -> Invalidation:
    """Store it as previewed up to its `below`; a few names begin at once. Raises InvalidationRefusedError."""
    asked.below = min(asked.below, newest_key())
    asked.expected_count = matching(asked).filter(pk__lt=asked.below).count()
    if not asked.expected_count:
        raise InvalidationRefusedError(gettext("No signature is like that."))
    asked.created_by_id = actor.pk
    asked.state = S.DRAFTED if needs_second_person(asked.expected_count) else S.AGREED
    with transaction.atomic():
        asked.save(force_insert=True)
        act_by(actor, "ask to invalidate", asked, f"{asked.expected_count}: {asked.reason}"[:300]).save()
    return asked


def agree(asked: Invalidation, actor: AbstractBaseUser) -> None:
    """The second person's yes. Raises InvalidationRefusedError."""
    if asked.created_by_id == actor.pk:
        raise InvalidationRefusedError(gettext("You asked for it: somebody else must say yes."))
    _step(asked, actor, "agree to invalidate", [S.DRAFTED], S.AGREED, agreed_by=actor)


def cancel(asked: Invalidation, actor: AbstractBaseUser) -> None:
    """No more are taken; those that are stay out until it is undone. Raises InvalidationRefusedError."""
    _step(asked, actor, "cancel invalidation", Invalidation.CAN_BE_CANCELLED, S.CANCELLED, finished_at=timezone.now())


def undo(asked: Invalidation, actor: AbstractBaseUser) -> None:
    """Bring back all that it took, as they were. Raises InvalidationRefusedError."""
    _step(asked, actor, "undo invalidation", Invalidation.CAN_BE_UNDONE, S.UNDOING, finished_at=None)


def waiting_for(person: Any) -> QuerySet[Invalidation]:
    """Those on which this person may decide as the second."""
    return Invalidation.objects.filter(state=S.DRAFTED).exclude(created_by_id=person.pk).order_by("pk")


def proceed() -> int:
    """The worker's part: the next batch of one invalidation; how much there was to do. Two workers take two.

    What is done and how far it came are written together: a worker that dies leaves nothing half done.
    """
    with transaction.atomic():
        going_on = Invalidation.objects.filter(state__in=Invalidation.GOES_ON).order_by("pk")
        locked = going_on.select_for_update(of=("self",), skip_locked=True, no_key=True).first()
        if locked is None:
            return 0
        return _bring_back_some(locked) if locked.state == S.UNDOING else _take_some(locked)


def proceed_gently() -> int:
    """As `proceed`, with twice as long a pause after it: people go on signing, in the same database."""
    began = time.monotonic()
    if done := proceed():
        time.sleep(min(LONGEST_PAUSE, PAUSE * (time.monotonic() - began)))
    return done


def _take_some(asked: Invalidation) -> int:
    """From the newest downwards. Rows are locked in one order, and judged again by what they are under the lock."""
    of_petition = Signature.objects.filter(petition=asked.petition_id, pk__lt=asked.below).order_by("-pk")
    looked_at = list(of_petition.values_list("pk", flat=True)[:BATCH])
    lowest = looked_at[-1] if looked_at else asked.below
    chosen = matching(asked).filter(pk__gte=lowest, pk__lt=asked.below).order_by("pk")
    taken = list(chosen.only("state").select_for_update(of=("self",), no_key=True))
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(REMEMBER_SQL, [asked.pk, now, [signature.pk for signature in taken]])
    take_out(taken, now, asked.public_reason)
    is_over = len(looked_at) < BATCH
    Invalidation.objects.filter(pk=asked.pk).update(
        state=S.DONE if is_over else S.RUNNING,
        below=lowest,
        taken_count=F("taken_count") + len(taken),
        finished_at=now if is_over else None,
    )
    return max(1, len(looked_at))


def _bring_back_some(asked: Invalidation) -> int:
    """Exactly those that it took, each to its state before, unless somebody decided otherwise since."""
    rows = {row.signature_id: row for row in asked.taken.filter(end="").order_by("pk")[:BATCH]}
    named = Signature.objects.filter(pk__in=list(rows)).only("state", "invalidated_at")
    locked = named.order_by("pk").select_for_update(no_key=True)
    still_out = [signature for signature in locked if is_still_out(signature, rows[signature.pk])]
    bring_back((signature, rows[signature.pk].state_before) for signature in still_out)
    restored = {signature.pk for signature in still_out}
    for end, keys in ((End.RESTORED, restored), (End.LEFT, rows.keys() - restored)):
        asked.taken.filter(signature_id__in=list(keys)).update(end=end)
    is_over = len(rows) < BATCH
    Invalidation.objects.filter(pk=asked.pk).update(
        state=S.UNDONE if is_over else S.UNDOING,
        restored_count=F("restored_count") + len(restored),
        finished_at=timezone.now() if is_over else None,
    )
    return max(1, len(rows))


def is_still_out(signature: Signature, taken: InvalidatedSignature) -> bool:
    """Whether it was this taking that it is out by."""
    return signature.state == Signature.State.INVALIDATED and signature.invalidated_at == taken.invalidated_at


def _step(
    asked: Invalidation, actor: AbstractBaseUser, verb: str, before: Collection[S], after: S, **changes: Any
) -> None:
    try:
        compare_and_set(asked, actor, verb, asked.reason, {"state": before}, state=after, **changes)
    except StepRefusedError as error:
        raise InvalidationRefusedError(gettext("Somebody was quicker: look at its state.")) from error
