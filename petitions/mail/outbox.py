"""The outbox: rows are written with the act they belong to, claimed under a lease, and recorded one by one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from ..models import OutboxMail, StaffAct
from ..models.staff import act_by

State = OutboxMail.State

# Longer than sending one batch takes with every time-out hit, and shorter than people wait twice.
LEASE = timedelta(minutes=5)
# About three days; after the last attempt a mail has failed. Never long, or a mail would wait for half a day
# after whatever hindered it is over.
PAUSES = [timedelta(minutes=m) for m in (1, 5, 15, 30, *[60] * 24, *[180] * 16)]
# A stranger who types somebody's address again and again makes us write at most so often; each mail carries the link.
MAILS_A_DAY = 5

# An array, for the planner may run a subquery behind IN again for each row, past its limit.
CLAIM_SQL = """
    UPDATE petitions_outboxmail SET claimed_until = now() + %s
    WHERE id = ANY(ARRAY(
        SELECT id FROM petitions_outboxmail
        WHERE state = 'waiting' AND due_at <= now() AND (claimed_until IS NULL OR claimed_until < now()) AND {which}
        ORDER BY due_at, id LIMIT %s FOR NO KEY UPDATE SKIP LOCKED
    ))
    RETURNING id, claimed_until, CASE
        WHEN signature_id IS NOT NULL THEN 'signature' WHEN comment_id IS NOT NULL THEN 'comment'
        WHEN follower_id IS NOT NULL THEN 'follower' WHEN report_id IS NOT NULL THEN 'report' ELSE 'staff' END
"""
# A server that is slower than a mailing was planned keeps nobody waiting who has just signed.
CLAIMED_FIRST, CLAIMED_LAST = "mailing_id IS NULL", "mailing_id IS NOT NULL"
# What rendering reads of each recipient.
READ_WITH = {
    "signature": ("signature__petition",),
    "comment": ("comment__petition", "comment__signature"),
    "follower": ("follower__petition",),
    "report": ("report__petition", "report__comment", "report__outcome"),
    "staff": ("staff",),
}
# The same act twice is one mail, unless the first is on its way already with what was true before. The day's mails of
# this recipient are a handful of rows in an index.
QUEUE_SQL = """
    INSERT INTO petitions_outboxmail (kind, {column}, language, due_at)
    SELECT %s, %s, %s, now() + %s
    WHERE NOT EXISTS (
        SELECT FROM petitions_outboxmail
        WHERE {column} = %s AND kind = %s AND state = 'waiting' AND claimed_until IS NULL
    ) AND (
        SELECT count(*) FROM petitions_outboxmail
        WHERE {column} = %s AND kind = %s AND created_at > now() - interval '1 day'
    ) < %s
"""


@dataclass(frozen=True)
class Claim:
    """A mail that this worker may send until the lease is over. The lease tells it from a later claim."""

    pk: int
    until: Any
    recipient: str


def queue(
    kind: OutboxMail.Kind, recipient: Any, language: str, *, wait: timedelta | None, column: str | None = None
) -> None:
    """Let a mail wait for the worker, in the caller's transaction. Without a `wait` none is wanted.

    The statement runs all the same: a quicker answer would tell that the address is known.
    """
    column = column or f"{recipient._meta.model_name}_id"
    limit = MAILS_A_DAY if wait is not None else 0
    key, pause = recipient.pk, wait or timedelta()
    with connection.cursor() as cursor:
        values: list[Any] = [kind.value, key, language, pause, key, kind.value, key, kind.value, limit]
        cursor.execute(QUEUE_SQL.format(column=column), values)


def claim(batch: int) -> list[Claim]:
    """Take up to `batch` mails that are due. Written before anything is sent; call it outside any transaction."""
    first = _claim(CLAIMED_FIRST, batch)
    return first + _claim(CLAIMED_LAST, batch - len(first)) if len(first) < batch else first


def _claim(which: str, batch: int) -> list[Claim]:
    with connection.cursor() as cursor:
        values: list[Any] = [LEASE, batch]
        cursor.execute(CLAIM_SQL.format(which=which), values)
        return [Claim(*row) for row in cursor.fetchall()]


def claimed(claim: Claim) -> OutboxMail | None:
    """The mail with all that rendering it needs; None where it is gone or no longer ours."""
    return _held(claim).select_related("mailing", *READ_WITH[claim.recipient]).first()


def _held(claim: Claim) -> QuerySet[OutboxMail]:
    return OutboxMail.objects.filter(pk=claim.pk, claimed_until=claim.until, state=State.WAITING)


def record_sent(claim: Claim) -> None:
    _held(claim).update(
        state=State.SENT, finished_at=Now(), claimed_until=None, attempts=F("attempts") + 1, last_error=""
    )


def record_dropped(claim: Claim) -> None:
    """What it was about is no longer so: withdrawn, confirmed, stopped."""
    _held(claim).update(state=State.DROPPED, finished_at=Now(), claimed_until=None)


def record_refused(claim: Claim, reason: str) -> None:
    """The server said that it will never take it."""
    _held(claim).update(
        state=State.FAILED, finished_at=Now(), claimed_until=None, attempts=F("attempts") + 1, last_error=reason[:300]
    )


def record_postponed(claim: Claim, attempts_before: int, reason: str) -> None:
    """To be tried again after a pause that grows; after the last one it has failed."""
    if attempts_before >= len(PAUSES):
        record_refused(claim, reason)
        return
    _held(claim).update(
        due_at=Now() + PAUSES[attempts_before],
        claimed_until=None,
        attempts=attempts_before + 1,
        last_error=reason[:300],
    )


def give_back(claims: Sequence[Claim]) -> None:
    """Claims of one batch that were not used: another worker may take them at once."""
    if claims:
        keys = [each.pk for each in claims]
        held = OutboxMail.objects.filter(pk__in=keys, claimed_until=claims[0].until, state=State.WAITING)
        held.update(claimed_until=None)


def send_again(mails: QuerySet[OutboxMail], actor: AbstractBaseUser) -> int:
    """Let failed mails be tried anew; how many."""
    with transaction.atomic():
        failed = list(OutboxMail.objects.failed().filter(pk__in=mails.values("pk")).select_for_update())
        OutboxMail.objects.filter(pk__in=[mail.pk for mail in failed]).update(
            state=State.WAITING, due_at=Now(), attempts=0, finished_at=None
        )
        StaffAct.objects.bulk_create(act_by(actor, "send again", mail, mail.kind) for mail in failed)
    return len(failed)


@dataclass(frozen=True)
class QueueState:
    """The queue as staff and monitors see it."""

    waiting: int
    oldest_due: Any
    failed: int


def queue_state(counted_at_most: int = 10_000) -> QueueState:
    """Bounded, for a queue of a million must not be counted on every look."""
    waiting = OutboxMail.objects.waiting()
    oldest = waiting.order_by("due_at").values_list("due_at", flat=True).first()
    since = timezone.now() - timedelta(days=7)
    failed = OutboxMail.objects.failed().filter(finished_at__gte=since)
    return QueueState(
        len(waiting.order_by().values("pk")[:counted_at_most]), oldest, len(failed.order_by().values("pk")[:1000])
    )
