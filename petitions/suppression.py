"""Addresses that are not to be written to, known again by a keyed hash."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.db.models.functions import Least, Now

from .addresses import address_hash
from .models import Petition, Suppression

Reason = Suppression.Reason
BOUNCE_HOLDS = timedelta(days=30)


def suppress(
    petition: Petition | None, canonical_email: str, reason: Suppression.Reason, at: datetime | None = None
) -> None:
    """Without a petition it holds for all of them. One of a later time holds from then on, one told twice does not."""
    known, is_new = Suppression.objects.get_or_create(
        petition=petition, address_hash=address_hash(canonical_email), reason=reason
    )
    if at and not is_new:
        Suppression.objects.filter(pk=known.pk, created_at__lt=at).update(created_at=Least(at, Now()))


def is_suppressed(petition: Petition, canonical_email: str) -> bool:
    """Whether this address gets no mail about this petition: its owner stopped it, it bounced, or they complained."""
    found = Suppression.objects.filter(address_hash=address_hash(canonical_email))
    stopped = Q(petition=petition, reason=Reason.STOPPED)
    # A full or missing mailbox may be there again a month later.
    bounced = Q(reason=Reason.BOUNCED, created_at__gt=Now() - BOUNCE_HOLDS)
    return found.filter(stopped | bounced | Q(reason=Reason.COMPLAINED)).exists()
