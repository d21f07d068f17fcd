"""The public ledger: each day's acts, under a chain of digests that shows every later change. See docs/integrity.md."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, QuerySet, Sum

from . import tallies
from .models import Act, ActCount, ActDelta, Ledger, LedgerRecord, Petition

# Fewer of a kind wait for others, so that no day shows a single person.
SMALL = 5
LEDGERS_A_ROUND = 20

# The day is over for a while: acts that began in it have been committed.
LAST_CLOSED_SQL = "SELECT (now() AT TIME ZONE 'UTC' - interval '10 minutes')::date - 1"
OPEN_SQL = "INSERT INTO petitions_ledger (petition_id) VALUES (%s) ON CONFLICT DO NOTHING RETURNING petition_id"
WAITING_SQL = """
    SELECT petition_id, COUNT(*) FROM petitions_signature
    WHERE confirmed_at IS NULL AND state = 'pending' AND petition_id = ANY(%s) GROUP BY 1
"""

# An act with its public reason.
Kind = tuple[str, str]
REMOVALS = (Act.WITHDRAWN, Act.INVALIDATED)


def canonical(told: dict[str, Any]) -> bytes:
    """The one way to write a record: keys in the order of the alphabet, no spaces, UTF-8."""
    return json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def write_due(last_day: date | None = None) -> int:
    """Write down the days that are over, up to `last_day`; how many ledgers came up to date.

    Each in a transaction of its own that holds its lock; another worker passes it by.
    """
    last_day = last_day or _last_closed_day()
    for petition_id in _without_ledger():
        _open(petition_id)
    due = Ledger.objects.filter(Q(closed_on__isnull=True) | Q(closed_on__lt=last_day)).order_by("pk")
    keys = list(due.values_list("pk", flat=True)[:LEDGERS_A_ROUND])
    waiting = _waiting_for_confirmation(keys) if keys else {}
    return sum(_write(due, key, last_day, waiting.get(key, 0)) for key in keys)


def records_of(petition: Petition) -> QuerySet[LedgerRecord]:
    return LedgerRecord.objects.filter(petition=petition).order_by("number")


def _last_closed_day() -> date:
    """By the database's clock, as acts are."""
    with connection.cursor() as cursor:
        cursor.execute(LAST_CLOSED_SQL)
        return cursor.fetchone()[0]


def _without_ledger() -> list[int]:
    new = Petition.objects.visible().filter(ledger__isnull=True).order_by("pk")
    return list(new.values_list("pk", flat=True)[:LEDGERS_A_ROUND])


def _open(petition_id: int) -> None:
    """Whoever comes second waits for the first, and finds it open."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(OPEN_SQL, [petition_id])
        if cursor.fetchone():
            tallies.count_from_rows(petition_id)


def _waiting_for_confirmation(petition_ids: list[int]) -> dict[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(WAITING_SQL, [petition_ids])
        return dict(cursor.fetchall())


def _write(due: QuerySet[Ledger], key: int, last_day: date, waiting: int) -> bool:
    with transaction.atomic():
        ledger = due.filter(pk=key).select_for_update(of=("self",), skip_locked=True).first()
        if ledger is None or ActDelta.objects.filter(petition=key, day__lte=last_day).exists():
            return False
        LedgerRecord.objects.bulk_create(_new_records(ledger.petition, last_day), ignore_conflicts=True)
        ledger.closed_on, ledger.waiting = last_day, waiting
        ledger.save(update_fields=["closed_on", "waiting"])
    return True


def _new_records(petition: Petition, last_day: date) -> list[LedgerRecord]:
    """Days on which nothing is told have no record. An act that was counted late is told with the next day."""
    last = records_of(petition).last()
    untold: Counter[Kind] = Counter()
    untold.subtract(_told(petition))
    new: list[LedgerRecord] = []
    for day, acts in _by_day(petition, last_day, after=last.day if last else None):
        untold.update(acts)
        record = _record(petition, day, untold, last)
        if record:
            new.append(record)
            last = record
    return new


def _by_day(petition: Petition, last_day: date, after: date | None) -> Iterator[tuple[date, Counter[Kind]]]:
    """Acts by day, the last day always; those of days that are written down already come with the first day after."""
    counts = ActCount.objects.filter(petition=petition, day__lte=last_day).order_by("day")
    days: dict[date, Counter[Kind]] = {}
    before: Counter[Kind] = Counter()
    for day, act, reason, number in counts.values_list("day", "act", "reason", "count"):
        is_written = after is not None and day <= after
        (before if is_written else days.setdefault(day, Counter()))[act, reason] += number
    if after is None or after < last_day:
        days.setdefault(last_day, Counter())
    for day in sorted(days):
        yield day, days[day] + before
        before = Counter()


def _told(petition: Petition) -> Counter[Kind]:
    """What all records together have told."""
    records = LedgerRecord.objects.filter(petition=petition)
    sums = records.aggregate(**{name: Sum(name, default=0) for name in ("forms", "confirmed", "withdrawn")})
    told: Counter[Kind] = Counter(
        {
            (Act.FORM, ""): sums["forms"],
            (Act.CONFIRMED, ""): sums["confirmed"],
            (Act.WITHDRAWN, ""): sums["withdrawn"],
        }
    )
    with_reasons = records.exclude(invalidated={}, restored={})
    for invalidated, restored in with_reasons.values_list("invalidated", "restored"):
        told.update({(Act.INVALIDATED, reason): number for reason, number in invalidated.items()})
        told.update({(Act.RESTORED, reason): number for reason, number in restored.items()})
    return told


def _record(petition: Petition, day: date, untold: Counter[Kind], last: LedgerRecord | None) -> LedgerRecord | None:
    """What can be told of `untold`, which keeps the rest; None where that is nothing."""
    total = last.total if last else 0
    now_told: Counter[Kind] = Counter()
    for kind, number in _additions_first(untold):
        act, _reason = kind
        # Fewer confirmations than removals may have been told so far.
        if number < SMALL or (act in REMOVALS and number > total):
            continue
        now_told[kind] = number
        total += 0 if act == Act.FORM else -number if act in REMOVALS else number
    if not now_told:
        return None
    untold.subtract(now_told)
    record = LedgerRecord(
        petition=petition,
        number=last.number + 1 if last else 1,
        day=day,
        forms=now_told[Act.FORM, ""],
        confirmed=now_told[Act.CONFIRMED, ""],
        withdrawn=now_told[Act.WITHDRAWN, ""],
        invalidated=_by_reason(now_told, Act.INVALIDATED),
        restored=_by_reason(now_told, Act.RESTORED),
        total=total,
        former=last.digest if last else "",
    )
    record.digest = hashlib.sha256(canonical(record.told(petition.slug))).hexdigest()
    return record


def _additions_first(untold: Counter[Kind]) -> Iterable[tuple[Kind, int]]:
    return sorted(untold.items(), key=lambda item: (item[0][0] in REMOVALS, item[0]))


def _by_reason(told: Counter[Kind], wanted: Act) -> dict[str, int]:
    return {reason: number for (act, reason), number in sorted(told.items()) if act == wanted}
