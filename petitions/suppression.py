"""Addresses that are not to be written to, known again by a keyed hash."""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models.functions import Least, Now

from .addresses import address_hash
from .models import Petition, Suppression

# A full or missing mailbox may be there again a month later.
BOUNCE_HOLDS = timedelta(days=30)
# In SQL, for it is asked for each mail, and building the query took longer than asking it.
SUPPRESSED_SQL = """
    SELECT EXISTS (
        SELECT FROM petitions_suppression WHERE address_hash = %s AND (
            (reason = 'stopped' AND petition_id = %s)
            OR (reason = 'bounced' AND created_at > now() - %s)
            OR reason = 'complained'
        )
    )
"""


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
    values: list[Any] = [address_hash(canonical_email), petition.pk, BOUNCE_HOLDS]
    with connection.cursor() as cursor:
        cursor.execute(SUPPRESSED_SQL, values)
        return cursor.fetchone()[0]
