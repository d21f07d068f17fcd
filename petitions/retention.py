"""What is forgotten, and when. The privacy page publishes these times; the worker keeps them."""

from datetime import timedelta

from django.db.models import CharField, Exists, F, Model, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from .models import Comment, Follower, OutboxMail, Signature
from .throttling import forget_expired

UNCONFIRMED = timedelta(days=30)
# Longer than UNCONFIRMED: a signature is kept so long after its last mail.
FINISHED_MAILS = timedelta(days=31)
COMMENT_ADDRESSES = timedelta(days=30)
AFTER_CLOSING = timedelta(days=183)
# A round touches few enough rows that no signer waits for it.
ROWS_A_ROUND = 5000


def forget() -> int:
    """One round of everything that is due; how many rows were touched."""
    return sum(
        [
            forget_expired(),
            forget_finished_mails(),
            forget_unconfirmed(),
            forget_comment_addresses(),
            anonymise_after_closing(),
        ]
    )


def forget_finished_mails() -> int:
    due = OutboxMail.objects.filter(finished_at__lt=timezone.now() - FINISHED_MAILS).order_by("finished_at")
    return OutboxMail.objects.filter(pk__in=list(due.values_list("pk", flat=True)[:ROWS_A_ROUND])).delete()[0]


def forget_unconfirmed() -> int:
    """Signatures, comments and followings whose address was never confirmed.

    The time counts from the last mail sent: one that waits out a mail server's day away must still arrive.
    """
    before = timezone.now() - UNCONFIRMED
    mailed = Q(state=OutboxMail.State.WAITING) | Q(finished_at__gte=before)
    due = [
        Signature.objects.filter(confirmed_at__isnull=True, signed_at__lt=before),
        Comment.objects.filter(signature__isnull=True, confirmed_at__isnull=True, created_at__lt=before),
        Follower.objects.filter(confirmed_at__isnull=True, asked_at__lt=before),
    ]
    return sum(
        rows.model._default_manager.filter(pk__in=_first(rows.exclude(_has_mail(rows.model, mailed)))).delete()[0]
        for rows in due
    )


def _has_mail(model: type[Model], those: Q) -> Exists:
    return Exists(OutboxMail.objects.filter(those, **{str(model._meta.model_name): OuterRef("pk")}))


def _first(rows: QuerySet) -> list[int]:
    return list(rows.values_list("pk", flat=True)[:ROWS_A_ROUND])


def forget_comment_addresses() -> int:
    """An unsigned comment's address has done its work once the comment was decided."""
    due = Comment.objects.filter(decided_at__lt=timezone.now() - COMMENT_ADDRESSES).exclude(email="")
    return Comment.objects.filter(pk__in=list(due.values_list("pk", flat=True)[:ROWS_A_ROUND])).update(
        email="", canonical_email=""
    )


def anonymise_after_closing() -> int:
    """Half a year after a petition closed, its signatures keep city, country and language but no name or address."""
    due = Signature.objects.filter(
        petition__closed_at__lt=timezone.now() - AFTER_CLOSING, anonymised_at__isnull=True
    ).values_list("pk", flat=True)
    return Signature.objects.filter(pk__in=list(due[:ROWS_A_ROUND])).update(
        name="–",
        email="",
        canonical_email=Concat(Value("anonymous-"), Cast(F("pk"), CharField())),
        visibility=Signature.Visibility.HIDDEN,
        wants_updates=False,
        anonymised_at=timezone.now(),
    )
