"""Counting, by the hour, what new signatures have in common. Each is read once, by its number, and never again."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from babel.languages import get_territory_language_info
from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from ..models import Signature, TrendCount, TrendMark
from ..models.trends import ORDINARY, RARE, SAME_NAME, Delay, Dimension
from ..name_patterns import name_pattern

TRENDS_LOCK = 7_301_010
ROWS_A_ROUND = 5000
# A signature is there a moment before everybody sees it: numbers are given out before they are stored.
SEEN_BY_ALL = timedelta(minutes=1)
# By then whoever confirms at once has done so.
CONFIRMED_BY_THEN = timedelta(hours=1)
# Of one hour so many keys are kept, those that most share; while it lasts, of each round a few more.
KEYS_AN_HOUR, KEYS_A_ROUND = 50, 200
# In one round so many of one name are no coincidence.
NAMESAKES = 5
# A language that so many per cent of a country speak is at home there. English is everywhere.
SPOKEN_PERCENT = 1

ADD_SQL = """
    INSERT INTO petitions_trendcount AS kept (petition_id, hour, dimension, key, count)
    SELECT * FROM unnest(%s::bigint[], %s::timestamptz[], %s::text[], %s::text[], %s::int[]) ORDER BY 1, 2, 3, 4
    ON CONFLICT (petition_id, hour, dimension, key) DO UPDATE SET count = kept.count + EXCLUDED.count
"""
MERGE_SQL = """
    WITH ranked AS (
        SELECT id, row_number() OVER (PARTITION BY petition_id, hour, dimension ORDER BY count DESC, key) AS place
        FROM petitions_trendcount WHERE hour >= %s AND hour < %s AND key NOT IN ('', '*')
    ), gone AS (
        DELETE FROM petitions_trendcount WHERE id IN (SELECT id FROM ranked WHERE place > %s)
        RETURNING petition_id, hour, dimension, count
    )
    INSERT INTO petitions_trendcount AS kept (petition_id, hour, dimension, key, count)
    SELECT petition_id, hour, dimension, '*', SUM(count) FROM gone GROUP BY 1, 2, 3
    ON CONFLICT (petition_id, hour, dimension, key) DO UPDATE SET count = kept.count + EXCLUDED.count
"""


class Read(NamedTuple):
    """What is looked at of a signature, in the order of its columns; nothing of it is kept by itself."""

    pk: int
    petition_id: int
    signed_at: datetime
    confirmed_at: datetime | None
    canonical_email: str
    country: str
    language: str
    name: str
    network_hash: str | None


Slot = tuple[int, datetime, str]


def fill() -> int:
    """Read the next signatures; how many. A second worker finds the lock taken and reads none."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [TRENDS_LOCK])
        if not cursor.fetchone()[0]:
            return 0
        return _advance("signed", SEEN_BY_ALL, _shared) + _advance("delay", CONFIRMED_BY_THEN, _delays)


def merge_rare() -> None:
    """Of hours that are over only the keys that most share are kept."""
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(MERGE_SQL, [now - timedelta(hours=26), now - timedelta(hours=3), KEYS_AN_HOUR])


def _advance(purpose: str, lag: timedelta, keys_of: Callable[[list[Read]], Iterator[tuple[Read, str, str]]]) -> int:
    now = timezone.now()
    newest = Signature.objects.aggregate(newest=Max("pk"))["newest"] or 0
    # The first time it begins with what comes from now on.
    start = {"done_id": newest, "ready_id": newest, "ready_at": now}
    mark, _is_new = TrendMark.objects.get_or_create(purpose=purpose, defaults=start)
    if now < mark.ready_at + lag:
        return 0
    unread = Signature.objects.filter(pk__gt=mark.done_id, pk__lte=mark.ready_id).order_by("pk")
    rows = [Read(*row) for row in unread.values_list(*Read._fields)[:ROWS_A_ROUND]]
    _add(keys_of(rows))
    mark.done_id = rows[-1].pk if len(rows) == ROWS_A_ROUND else mark.ready_id
    if mark.done_id == mark.ready_id:
        mark.ready_id, mark.ready_at = max(newest, mark.ready_id), now
    mark.save()
    return len(rows)


def _shared(rows: list[Read]) -> Iterator[tuple[Read, str, str]]:
    names = Counter((row.petition_id, row.name.casefold()) for row in rows)
    for row in rows:
        is_shared = names[row.petition_id, row.name.casefold()] >= NAMESAKES
        yield row, Dimension.NETWORK, row.network_hash or ORDINARY
        yield row, Dimension.DOMAIN, row.canonical_email.rpartition("@")[2]
        yield row, Dimension.COUNTRY, str(row.country)
        yield row, Dimension.NAME, name_pattern(row.name) or (SAME_NAME if is_shared else ORDINARY)
        is_at_home = row.language.split("-")[0] in spoken_in(str(row.country))
        yield row, Dimension.LANGUAGE, ORDINARY if is_at_home else f"{row.language}-{row.country}"


def _delays(rows: list[Read]) -> Iterator[tuple[Read, str, str]]:
    for row in rows:
        yield row, Dimension.DELAY, delay_of(row.signed_at, row.confirmed_at)


def delay_of(signed_at: datetime, confirmed_at: datetime | None) -> Delay:
    seconds = (confirmed_at - signed_at).total_seconds() if confirmed_at else float("inf")
    return next((each for each in Delay if each != Delay.LATER and seconds < int(each)), Delay.LATER)


@lru_cache(maxsize=300)
def spoken_in(country: str) -> frozenset[str]:
    info: Mapping[str, Any] = get_territory_language_info(country)
    spoken = {tag.split("_")[0] for tag, about in info.items() if (about["population_percent"] or 0) >= SPOKEN_PERCENT}
    return frozenset(spoken | {"en"})


def _add(keys: Iterable[tuple[Read, str, str]]) -> None:
    slots: dict[Slot, Counter[str]] = defaultdict(Counter)
    for row, dimension, key in keys:
        hour = row.signed_at.replace(minute=0, second=0, microsecond=0)
        slots[row.petition_id, hour, dimension][key[: TrendCount._meta.get_field("key").max_length]] += 1
    added: list[tuple[Any, ...]] = []
    for slot, counts in slots.items():
        kept = dict(counts.most_common(KEYS_A_ROUND))
        if others := counts.total() - sum(kept.values()):
            kept[RARE] = kept.get(RARE, 0) + others
        added += [(*slot, key, count) for key, count in kept.items()]
    if added:
        with connection.cursor() as cursor:
            cursor.execute(ADD_SQL, [list(column) for column in zip(*added, strict=True)])
