"""Addresses that are not to be written to, known again by a keyed hash."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models.functions import Least, Now

from .address_hashes import address_hash, address_hashes
from .models import Follower, Petition, Signature, Suppression

Row = Signature | Follower
# A full or missing mailbox may be there again a month later.
BOUNCE_HOLDS = timedelta(days=30)
# In SQL, for it is asked for each mail, and building the query took longer than asking it. Also for many at once.
SUPPRESSED_SQL = """
    EXISTS (
        SELECT FROM petitions_suppression AS known WHERE known.address_hash = ANY({hashes}) AND (
            (known.reason = 'stopped' AND known.petition_id = {petition})
            OR (known.reason = 'bounced' AND known.created_at > now() - %(bounce_holds)s)
            OR known.reason = 'complained'
        )
    )
"""


def suppress(
    petition: Petition | None, canonical_email: str, reason: Suppression.Reason, at: datetime | None = None
) -> None:
    """Without a petition it holds for all of them. One of a later time holds from then on, one told twice does not.

    Where an older key's hash remembers the address already, today's is added: that key will go one day.
    """
    known, is_new = Suppression.objects.get_or_create(
        petition=petition, address_hash=address_hash(canonical_email), reason=reason
    )
    if at and not is_new:
        Suppression.objects.filter(pk=known.pk, created_at__lt=at).update(created_at=Least(at, Now()))


def is_suppressed(petition: Petition, canonical_email: str) -> bool:
    """Whether this address gets no mail about this petition: its owner stopped it, it bounced, or they complained."""
    values: dict[str, Any] = {
        "hashes": address_hashes(canonical_email),
        "petition": petition.pk,
        "bounce_holds": BOUNCE_HOLDS,
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT" + SUPPRESSED_SQL.format(hashes="%(hashes)s", petition="%(petition)s"), values)
        return cursor.fetchone()[0]


def keep_what_outlives(rows: Iterable[Row]) -> None:
    """Remember of rows that are about to lose their addresses what must still hold for these. Every path calls it.

    Whoever was invalidated is marked for review at the next signing; who wanted no mail gets none. Comments are not
    among the rows: `commenting.stop_mails` writes its suppression at once.
    """
    Suppression.objects.bulk_create(
        [
            Suppression(petition_id=row.petition_id, address_hash=address_hash(row.canonical_email), reason=reason)
            for row in rows
            if row.canonical_email
            for reason in _outliving(row)
        ],
        ignore_conflicts=True,
    )


def _outliving(row: Row) -> list[Suppression.Reason]:
    reasons = []
    if isinstance(row, Signature):
        if row.state == Signature.State.INVALIDATED:
            reasons.append(Suppression.Reason.INVALIDATED)
        if row.mails_stopped_at is not None:
            reasons.append(Suppression.Reason.STOPPED)
    # Who had confirmed may follow again; who never did was typed in by somebody else.
    if isinstance(row, Follower) and row.stopped_at is not None and row.confirmed_at is None:
        reasons.append(Suppression.Reason.STOPPED)
    return reasons
