"""Who gets a mailing: counted for those who decide, then put into the outbox in batches, each one statement."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F

from ..address_hashes import ADDRESS_HASHES_SQL, hash_pads
from ..models import Mailing, MailingAudience, OutboxMail
from ..suppression import BOUNCE_HOLDS, SUPPRESSED_SQL

Stage = MailingAudience.Stage

# A batch locks its signatures for as long as it takes: somebody who withdraws just then waits half a second.
BATCH = 20_000
# The web may allow statements less time than the worker needs, and counting reads every signature.
LONGEST_STATEMENT = timedelta(minutes=2)

# Each consent stands by itself: who withdrew a signature but follows the petition still gets its news.
WANTED = {
    Stage.SIGNATURES: (
        "petitions_signature",
        "state = 'confirmed' AND wants_updates AND mails_stopped_at IS NULL AND email <> ''",
    ),
    Stage.FOLLOWERS: ("petitions_follower", "confirmed_at IS NOT NULL AND stopped_at IS NULL AND email <> ''"),
}
COLUMN = {Stage.SIGNATURES: "signature_id", Stage.FOLLOWERS: "follower_id"}
HASHES = ADDRESS_HASHES_SQL.format(column="canonical_email")
SUPPRESSED = SUPPRESSED_SQL.format(hashes="wanted.address_hashes", petition="wanted.petition_id")
# Half of the hash by the lasting key, which comes first.
KEY = "left(wanted.address_hashes[1], 32)::uuid"
# Who had it already in an earlier mailing of the same thing, stopped or to other campaigns.
HAD_IT = f"""
    EXISTS (
        SELECT FROM petitions_outboxmail WHERE mailing_id = ANY(%(earlier)s::bigint[])
            AND address_key = {KEY} AND state = 'sent'
    )
"""
COUNT_SQL = f"""
    WITH wanted AS MATERIALIZED (
        SELECT language, petition_id, {HASHES} AS address_hashes, id, 1 AS rank FROM petitions_signature
        WHERE petition_id = ANY(%(petitions)s::bigint[]) AND {WANTED[Stage.SIGNATURES][1]}
        UNION ALL
        SELECT language, petition_id, {HASHES}, id, 2 FROM petitions_follower
        WHERE petition_id = ANY(%(petitions)s::bigint[]) AND {WANTED[Stage.FOLLOWERS][1]}
    ), once AS (
        SELECT DISTINCT ON ({KEY}) language FROM wanted
        WHERE NOT {SUPPRESSED} AND NOT {HAD_IT}
        ORDER BY {KEY}, rank, id DESC
    )
    SELECT language, count(*) FROM once GROUP BY language ORDER BY count(*) DESC, language
"""
# Its hash gives each address its moment in the chosen hours: evenly spread, and the same however often it is asked.
QUEUE_SQL = f"""
    WITH batch AS MATERIALIZED (
        SELECT id, language, petition_id, {HASHES} AS address_hashes FROM {{table}}
        WHERE petition_id = %(petition)s AND id < %(below)s AND {{condition}}
        ORDER BY id DESC LIMIT %(size)s
    ), queued AS (
        INSERT INTO petitions_outboxmail (kind, mailing_id, {{column}}, language, address_key, due_at)
        SELECT 'news', %(mailing)s, id, language, {KEY},
            %(starts_at)s + %(spread)s * (('x' || left(wanted.address_hashes[1], 8))::bit(32)::bigint / 4294967296.0)
        FROM batch AS wanted WHERE NOT {SUPPRESSED} AND NOT {HAD_IT}
        ON CONFLICT (mailing_id, address_key) WHERE mailing_id IS NOT NULL DO NOTHING
        RETURNING id
    )
    SELECT (SELECT count(*) FROM batch), (SELECT min(id) FROM batch), (SELECT count(*) FROM queued)
"""
HIGHEST_KEY = 2**63 - 1


def count_recipients(about: str, petitions: Iterable[int]) -> dict[str, int]:
    """How many people get it, by their language, those with the most readers first. Each address counts once."""
    values = {"petitions": sorted(petitions), **_values(about, None)}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = %s", [f"{LONGEST_STATEMENT.total_seconds():.0f}s"])
        cursor.execute(COUNT_SQL, values)
        return dict(cursor.fetchall())


def queue_batch(size: int = BATCH) -> int:
    """Put the next people of a mailing into the outbox; how many were looked at.

    What is done and how far it came are written together, so a worker that dies leaves nothing half done and nothing
    to be done twice. Two workers take two mailings.
    """
    sending = Mailing.State.SENDING
    with transaction.atomic():
        mailing = (
            Mailing.objects.filter(state=sending, audiences__stage__in=[Stage.SIGNATURES, Stage.FOLLOWERS])
            .order_by("pk")
            .select_for_update(of=("self",), skip_locked=True)
            .first()
        )
        if mailing is None:
            return 0
        audience = mailing.audiences.exclude(stage=Stage.DONE)[:1].get()
        seen, lowest, queued = _queue(mailing, audience, size)
        _remember(audience, lowest if seen == size else None)
        Mailing.objects.filter(pk=mailing.pk).update(queued_count=F("queued_count") + queued)
    return max(seen, 1)


def _queue(mailing: Mailing, audience: MailingAudience, size: int) -> tuple[int, int | None, int]:
    stage = Stage(audience.stage)
    table, condition = WANTED[stage]
    values = _values(mailing.about, mailing) | {
        "mailing": mailing.pk,
        "petition": audience.petition_id,
        "below": audience.queued_from or HIGHEST_KEY,
        "size": size,
        "starts_at": mailing.starts_at,
        "spread": mailing.spread,
    }
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = %s", [f"{LONGEST_STATEMENT.total_seconds():.0f}s"])
        cursor.execute(QUEUE_SQL.format(table=table, condition=condition, column=COLUMN[stage]), values)
        return cursor.fetchone()


def _remember(audience: MailingAudience, queued_from: int | None) -> None:
    after = {Stage.SIGNATURES: Stage.FOLLOWERS, Stage.FOLLOWERS: Stage.DONE}
    audience.queued_from = queued_from
    if queued_from is None:
        audience.stage = after[Stage(audience.stage)]
    audience.save(update_fields=["queued_from", "stage"])


def _values(about: str, mailing: Mailing | None) -> dict[str, Any]:
    earlier = Mailing.objects.of(about).exclude(state=Mailing.State.DRAFT)
    if mailing:
        earlier = earlier.exclude(pk=mailing.pk)
    return {"earlier": list(earlier.values_list("pk", flat=True)), "bounce_holds": BOUNCE_HOLDS, **hash_pads()}


def has_waiting(mailing: Mailing) -> bool:
    """Whether anything of it is still to be queued or sent."""
    return (
        mailing.audiences.exclude(stage=Stage.DONE).exists()
        or OutboxMail.objects.waiting().filter(mailing=mailing).exists()
    )
