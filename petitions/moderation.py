"""Staff's acts on comments and signatures. Each leaves a line in the append-only log."""

from collections.abc import Iterable

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from . import counting
from .models import Comment, Petition, Signature, StaffAct
from .models.staff import act_by

S = Comment.State


def approve(comments: QuerySet[Comment], actor: AbstractBaseUser) -> int:
    return _decide(comments, actor, "approve", S.APPROVED, [S.PENDING, S.REJECTED, S.SPAM])


def reject(comments: QuerySet[Comment], actor: AbstractBaseUser) -> int:
    return _decide(comments, actor, "reject", S.REJECTED, [S.PENDING, S.SPAM])


def mark_spam(comments: QuerySet[Comment], actor: AbstractBaseUser) -> int:
    return _decide(comments, actor, "mark as spam", S.SPAM, [S.PENDING, S.REJECTED])


def hide(comments: QuerySet[Comment], actor: AbstractBaseUser) -> int:
    """Take an approved comment off the page; its replies go with it until it is restored."""
    return _decide(comments, actor, "hide", S.HIDDEN, [S.APPROVED])


def restore(comments: QuerySet[Comment], actor: AbstractBaseUser) -> int:
    return _decide(comments, actor, "restore", S.APPROVED, [S.HIDDEN])


def _decide(comments: QuerySet[Comment], actor: AbstractBaseUser, verb: str, state: S, allowed: Iterable[S]) -> int:
    """Change those comments whose state allows it; how many. Two moderators at once decide each comment once."""
    with transaction.atomic():
        # A fresh queryset: what came in may be sliced or joined, and rows are locked in one order.
        chosen = Comment.objects.filter(pk__in=list(comments.values_list("pk", flat=True)), state__in=allowed)
        decided = list(chosen.order_by("pk").select_for_update())
        Comment.objects.filter(pk__in=[comment.pk for comment in decided]).update(
            state=state, decided_at=timezone.now()
        )
        StaffAct.objects.bulk_create(act_by(actor, verb, comment) for comment in decided)
    return len(decided)


def invalidate(signatures: QuerySet[Signature], actor: AbstractBaseUser, reason: str) -> int:
    """Take signatures out of the count, with a reason; how many."""
    with transaction.atomic():
        chosen = Signature.objects.filter(pk__in=list(signatures.values_list("pk", flat=True)))
        locked = list(
            chosen.filter(state__in=[Signature.State.CONFIRMED, Signature.State.PENDING])
            .order_by("pk")
            .select_for_update()
        )
        counting.record(-1, *(signature.pk for signature in locked if signature.is_confirmed))
        Signature.objects.filter(pk__in=[signature.pk for signature in locked]).update(
            state=Signature.State.INVALIDATED, invalidated_at=timezone.now()
        )
        StaffAct.objects.bulk_create(act_by(actor, "invalidate", signature, reason) for signature in locked)
    return len(locked)


def restore_signatures(signatures: QuerySet[Signature], actor: AbstractBaseUser) -> int:
    """Undo an invalidation: confirmed ones count again, the others wait for confirmation as before."""
    with transaction.atomic():
        chosen = Signature.objects.filter(pk__in=list(signatures.values_list("pk", flat=True)))
        locked = list(chosen.filter(state=Signature.State.INVALIDATED).order_by("pk").select_for_update())
        for signature in locked:
            was_confirmed = signature.confirmed_at is not None
            signature.state = Signature.State.CONFIRMED if was_confirmed else Signature.State.PENDING
            signature.invalidated_at = None
        Signature.objects.bulk_update(locked, ["state", "invalidated_at"])
        counting.record(+1, *(signature.pk for signature in locked if signature.is_confirmed))
        StaffAct.objects.bulk_create(act_by(actor, "restore", signature) for signature in locked)
    return len(locked)


def pass_review(signatures: QuerySet[Signature], actor: AbstractBaseUser) -> int:
    """Say that marked signatures are fine: the mark goes, nothing else changes."""
    with transaction.atomic():
        marked = list(signatures.exclude(review_reason=""))
        Signature.objects.filter(pk__in=[signature.pk for signature in marked]).update(review_reason="")
        StaffAct.objects.bulk_create(
            act_by(actor, "pass review", signature, signature.review_reason) for signature in marked
        )
    return len(marked)


def close_overdue() -> int:
    """Close petitions whose time is over, at that time and not at the worker's; how many."""
    closed = 0
    for petition in Petition.objects.overdue():
        closed += Petition.objects.filter(pk=petition.pk, status=Petition.Status.OPEN).update(
            status=Petition.Status.CLOSED, closed_at=petition.closes_at
        )
    return closed
