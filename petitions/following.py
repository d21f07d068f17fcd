"""Following a petition by e-mail without signing it."""

from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from .addresses import canonical_address
from .lifecycle import NotOpenError
from .mail.outbox import queue
from .models import Follower, OutboxMail, Petition, Suppression
from .suppression import suppress
from .throttling import FOLLOWING_BY_NETWORK, mail_wait

FOLLOW_SQL = """
    INSERT INTO petitions_follower AS known (petition_id, email, canonical_email, language, asked_at)
    VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT (petition_id, canonical_email) DO UPDATE SET
        email = CASE WHEN known.confirmed_at IS NULL THEN EXCLUDED.email ELSE known.email END,
        asked_at = CASE WHEN known.confirmed_at IS NOT NULL AND known.stopped_at IS NULL
            THEN known.asked_at ELSE EXCLUDED.asked_at END
    RETURNING id, language
"""


def follow(petition: Petition, *, email: str, language: str, network: str | None = None) -> Follower:
    """Ask to follow. Known or new, the page answers the same; only the mail differs.

    Call it outside any transaction, as all throttling. Raises NotOpenError and ThrottledError.
    """
    if not petition.can_be_followed:
        raise NotOpenError
    canonical = canonical_address(email)
    wait = mail_wait(FOLLOWING_BY_NETWORK, network, canonical)
    values: list[Any] = [petition.pk, email, canonical, language, timezone.now()]
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(FOLLOW_SQL, values)
            pk, language = cursor.fetchone()
        follower = Follower(pk=pk, petition=petition, canonical_email=canonical)
        queue(OutboxMail.Kind.FOLLOWED, follower, language, wait=wait)
    return follower


def confirm_follow(follower: Follower) -> bool:
    """Start the news. True where this call did it; after stopping it may be done again."""
    changed = Follower.objects.filter(pk=follower.pk).exclude(confirmed_at__isnull=False, stopped_at__isnull=True)
    return bool(changed.update(confirmed_at=timezone.now(), stopped_at=None))


def stop_following(follower: Follower) -> None:
    """No more news. Where the address was never confirmed, somebody else typed it: no more mail at all."""
    if follower.confirmed_at is None:
        suppress(follower.petition, follower.canonical_email, Suppression.Reason.STOPPED)
    Follower.objects.filter(pk=follower.pk, stopped_at__isnull=True).update(stopped_at=timezone.now())
