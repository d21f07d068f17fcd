"""Staff's acts on comments and signatures. Each leaves a line in the append-only log."""

from functools import partial

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from . import counting
from .models import Comment, Signature, StaffAct
from .models.comments import DECISIONS
from .models.staff import act_by
from .replies import tell_of_replies


def decide(decision: str, comments: QuerySet[Comment], actor: AbstractBaseUser) -> int:
    """Change those comments whose state allows it; how many. Two moderators at once decide each comment once."""
    step = DECISIONS[decision]
    with transaction.atomic():
        # A fresh queryset: what came in may be sliced or joined, and rows are locked in one order.
        keys = list(comments.values_list("pk", flat=True))
        chosen = Comment.objects.filter(pk__in=keys, state__in=step.before)
        decided = list(chosen.order_by("pk").select_for_update())
        Comment.objects.filter(pk__in=[comment.pk for comment in decided]).update(
            state=step.state, decided_at=timezone.now()
        )
        StaffAct.objects.bulk_create(act_by(actor, step.logged_as, comment) for comment in decided)
        if step.state == Comment.State.APPROVED:
            tell_of_replies(decided)
    return len(decided)


approve = partial(decide, "approve")
reject = partial(decide, "reject")
mark_spam = partial(decide, "spam")
# Its replies go with it until it is restored.
hide = partial(decide, "hide")
restore = partial(decide, "restore")


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
