"""A petition's life: published, paused, resumed, closed, reopened. Each step leaves a line in the log of staff acts."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import models, transaction
from django.utils import timezone

from .models import Petition
from .models.staff import act_by

S = Petition.Status
Actor = AbstractBaseUser | None


class NotOpenError(Exception):
    """The petition takes no signatures, or no confirmations, at this moment."""


class StepRefusedError(Exception):
    """It is not in a state from which this step leads, or somebody else took one first."""


def publish(petition: Petition, actor: Actor, at: datetime | None = None) -> None:
    """Open a draft for signatures, now or at a time to come."""
    _step(petition, actor, "publish", [S.DRAFT], S.OPEN, opened_at=at or petition.opened_at or timezone.now())


def unpublish(petition: Petition, actor: Actor) -> None:
    """Take it back: readers no longer see it. Signatures stay."""
    _step(petition, actor, "unpublish", [S.OPEN, S.PAUSED], S.DRAFT)


def pause(petition: Petition, actor: Actor) -> None:
    """Take no signatures for a while. Those given before may still be confirmed."""
    _step(petition, actor, "pause", [S.OPEN], S.PAUSED)


def resume(petition: Petition, actor: Actor) -> None:
    _step(petition, actor, "resume", [S.PAUSED], S.OPEN)


def close(petition: Petition, actor: Actor, at: datetime | None = None) -> None:
    """End signing, now or at the moment `at` that has passed. Half a year later its signatures become anonymous."""
    _step(petition, actor, "close", [S.OPEN, S.PAUSED], S.CLOSED, closed_at=at or timezone.now())


def reopen(petition: Petition, actor: Actor) -> None:
    """Take signatures again. A closing time that has passed is forgotten: it would close the petition at once."""
    is_over = petition.closes_at is not None and petition.closes_at <= timezone.now()
    closes_at = None if is_over else petition.closes_at
    _step(petition, actor, "reopen", [S.CLOSED], S.OPEN, closed_at=None, closes_at=closes_at, anonymised_at=None)


# The step that leads from one status to another; where none is named there is no way.
STEPS: dict[tuple[str, str], Callable[[Petition, Actor], None]] = {
    (S.DRAFT, S.OPEN): publish,
    (S.OPEN, S.DRAFT): unpublish,
    (S.PAUSED, S.DRAFT): unpublish,
    (S.OPEN, S.PAUSED): pause,
    (S.PAUSED, S.OPEN): resume,
    (S.OPEN, S.CLOSED): close,
    (S.PAUSED, S.CLOSED): close,
    (S.CLOSED, S.OPEN): reopen,
}


def close_overdue() -> int:
    """Close petitions whose time is over, at that time and not at the worker's; how many."""
    closed = 0
    for petition in Petition.objects.overdue():
        try:
            close(petition, None, at=petition.closes_at)
        except StepRefusedError:
            continue  # somebody closed it just now
        closed += 1
    return closed


def _step(petition: Petition, actor: Actor, verb: str, before: list[S], after: S, **changes: Any) -> None:
    compare_and_set(petition, actor, verb, petition.slug, {"status": before}, status=after, **changes)


def compare_and_set(
    row: models.Model, actor: Actor, verb: str, note: str, before: Mapping[str, Collection[str]], **changes: Any
) -> None:
    """Take one step, with its line in the log, so that of two people who decide at once one is refused.

    `before` holds, for a field of the row, the values from which the step leads. Raises StepRefusedError.
    """
    rows = type(row)._default_manager.filter(pk=row.pk, **{f"{field}__in": values for field, values in before.items()})
    with transaction.atomic():
        if not rows.update(**changes):
            raise StepRefusedError(f"{verb}: {row._meta.model_name} {row.pk} is not in {before}")
        act_by(actor, verb, row, note).save()
    for field, value in changes.items():
        setattr(row, field, value)
