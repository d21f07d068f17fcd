"""After an entry of the lists has ended: what it held is judged again, and counts where nothing else holds it."""

import time

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import QuerySet

from .lists import Lists, read_lists
from .models import ListEntry, Signature
from .moderation import release_locked

ROWS_A_BATCH = 1000
# The web waits so long; who asked may go on with the rest.
SECONDS = 5


class StillHoldsError(Exception):
    """The entry is in force: what it holds would only be held again."""


def held_by(entry: ListEntry) -> QuerySet[Signature]:
    """With those withdrawn meanwhile, which would be held again when their signers come back. What people decided to
    invalidate stays as they decided."""
    return Signature.objects.filter(held_by=entry.pk).exclude(state=Signature.State.INVALIDATED).order_by("pk")


def rejudge(entry: ListEntry, actor: AbstractBaseUser) -> int:
    """Release what the ended entry held, unless another entry holds it too; how many were released.

    In batches, each a transaction of its own, for some seconds; what is left then `held_by` still finds.
    Networks are not kept, so a signature that another listed network would hold is released too.
    Raises StillHoldsError.
    """
    if entry.holds:
        raise StillHoldsError
    lists, released = read_lists(), 0
    ends_at = time.monotonic() + SECONDS
    while time.monotonic() < ends_at:
        with transaction.atomic():
            rows = list(held_by(entry)[:ROWS_A_BATCH].select_for_update())
            if not rows:
                break
            released += len(release_locked(_not_held_otherwise(rows, lists), actor))
    return released


def _not_held_otherwise(rows: list[Signature], lists: Lists) -> list[Signature]:
    """The others go over to the entry that holds them now."""
    free, others = [], []
    for row in rows:
        verdict = lists.verdict(row.canonical_email)
        if verdict.held_by is None:
            free.append(row)
            continue
        row.held_reason, row.held_by = verdict.held_reason, verdict.held_by
        others.append(row)
    Signature.objects.bulk_update(others, ["held_reason", "held_by"])
    return free
