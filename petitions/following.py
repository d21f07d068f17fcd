"""Following a petition by e-mail without signing it."""

from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from .addresses import canonical_address
from .lifecycle import NotOpenError
from .mail import MAILS_A_SIGNATURE, mail_already_following, mail_follow_confirmation
from .models import Follower, Petition, Suppression
from .suppression import is_suppressed, suppress
from .throttling import FOLLOWING_BY_NETWORK, may_mail

FOLLOW_SQL = """
    INSERT INTO petitions_follower AS known (petition_id, email, canonical_email, language, asked_at, mail_count)
    VALUES (%s, %s, %s, %s, %s, 1)
    ON CONFLICT (petition_id, canonical_email) DO UPDATE SET
        mail_count = LEAST(known.mail_count + 1, %s),
        email = CASE WHEN known.confirmed_at IS NULL THEN EXCLUDED.email ELSE known.email END
    RETURNING id
"""


def follow(petition: Petition, *, email: str, language: str, network: str | None = None) -> None:
    """Ask to follow. Known or new, the page answers the same; only the mail differs.

    Call it outside any transaction, as all throttling. Raises NotOpenError and ThrottledError.
    """
    if not petition.can_be_followed:
        raise NotOpenError
    canonical = canonical_address(email)
    is_mailed = may_mail(FOLLOWING_BY_NETWORK, network, canonical)
    values: list[Any] = [petition.pk, email, canonical, language, timezone.now(), MAILS_A_SIGNATURE + 1]
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(FOLLOW_SQL, values)
            pk = cursor.fetchone()[0]
        follower = Follower.objects.select_related("petition").get(pk=pk)
        is_stopped = is_suppressed(petition, follower.canonical_email)
        is_wanted = is_mailed and not is_stopped and follower.mail_count <= MAILS_A_SIGNATURE
        if follower.is_following:
            mail_already_following(follower, is_wanted=is_wanted)
        else:
            mail_follow_confirmation(follower, is_wanted=is_wanted)


def confirm_follow(follower: Follower) -> bool:
    """Start the news. True where this call did it; after stopping it may be done again."""
    changed = Follower.objects.filter(pk=follower.pk).exclude(confirmed_at__isnull=False, stopped_at__isnull=True)
    return bool(changed.update(confirmed_at=timezone.now(), stopped_at=None, mail_count=1))


def stop_following(follower: Follower) -> None:
    """No more news. Where the address was never confirmed, somebody else typed it: no more mail at all."""
    if follower.confirmed_at is None:
        suppress(follower.petition, follower.canonical_email, Suppression.Reason.STOPPED)
    Follower.objects.filter(pk=follower.pk, stopped_at__isnull=True).update(stopped_at=timezone.now())
