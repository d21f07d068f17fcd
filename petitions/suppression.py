"""Addresses that are not to be written to, known again by a keyed hash."""

from datetime import timedelta

from django.db.models import Q
from django.db.models.functions import Now

from .addresses import address_hash
from .models import Petition, Suppression

Reason = Suppression.Reason
BOUNCE_HOLDS = timedelta(days=30)


def suppress(petition: Petition | None, canonical_email: str, reason: Suppression.Reason) -> None:
    """Without a petition it holds for all of them."""
    Suppression.objects.get_or_create(petition=petition, address_hash=address_hash(canonical_email), reason=reason)


def is_suppressed(petition: Petition, canonical_email: str) -> bool:
    """Whether this address gets no mail about this petition: its owner stopped it, it bounced, or they complained."""
    found = Suppression.objects.filter(address_hash=address_hash(canonical_email))
    stopped = Q(petition=petition, reason=Reason.STOPPED)
    # A full or missing mailbox may be there again a month later.
    bounced = Q(reason=Reason.BOUNCED, created_at__gt=Now() - BOUNCE_HOLDS)
    return found.filter(stopped | bounced | Q(reason=Reason.COMPLAINED)).exists()


# `is_suppressed` for many at once; `of` names what has their `address_hash` and `petition_id`.
SUPPRESSED_SQL = """
    EXISTS (
        SELECT FROM petitions_suppression WHERE petitions_suppression.address_hash = {of}.address_hash AND (
            (petitions_suppression.petition_id = {of}.petition_id AND reason = 'stopped')
            OR (reason = 'bounced' AND created_at > now() - %(bounce_holds)s)
            OR reason = 'complained'
        )
    )
"""
