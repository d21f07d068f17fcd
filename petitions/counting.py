"""Counting signatures: exact, without making signers queue for one row.

A confirmation inserts a delta in its own transaction; the worker moves deltas into the counts.
What was signed is therefore always the sum of counts and deltas.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, timedelta
from typing import Any, Literal

from django.db import connection, transaction
from django.db.models import Count as CountOf
from django.db.models import F, Q, QuerySet, Sum
from django.utils import timezone

from .models import Act, Count, Petition

ROLL_UP_LOCK = 7_301_001
DELTAS_A_ROUND = 20_000

DIMENSIONS = """
    CROSS JOIN LATERAL (VALUES
        ('total', ''), ('country', country), ('language', language),
        ('city', country || ':' || city_key), ('day', day::text)
    ) AS part (dimension, key)
"""

# Counts of signatures go by the day each was confirmed, acts by the day they are done.
RECORD_SQL = """
    WITH changed AS (SELECT * FROM petitions_signature WHERE id = ANY(%(signatures)s)), noted AS (
        INSERT INTO petitions_actdelta (petition_id, act, reason, day, amount)
        SELECT petition_id, %(act)s,
            CASE WHEN %(act)s NOT IN ('invalidated', 'restored') THEN ''
                ELSE COALESCE(NULLIF(invalidated_for, ''), 'other') END,
            (now() AT TIME ZONE 'UTC')::date, COUNT(*)
        FROM changed WHERE %(act)s <> '' GROUP BY 1, 3
    )
    INSERT INTO petitions_countdelta (petition_id, amount, country, language, city_key, day)
    SELECT petition_id, %(amount)s, country, language, city_key,
        (COALESCE(confirmed_at, now()) AT TIME ZONE 'UTC')::date
    FROM changed
"""

# One statement: between two, a delta may move and be seen twice.
EXACT_SQL = """
    SELECT COALESCE((SELECT count FROM petitions_count WHERE petition_id = %s AND dimension = 'total'), 0)
        + COALESCE((SELECT SUM(amount) FROM petitions_countdelta WHERE petition_id = %s), 0)
"""

# One statement, so that a delta is either waiting or counted, never both or neither.
ROLL_UP_SQL = f"""
    WITH taken AS (
        DELETE FROM petitions_countdelta
        WHERE id IN (SELECT id FROM petitions_countdelta ORDER BY id LIMIT %s)
        RETURNING petition_id, amount, country, language, city_key, day
    ), sums AS (
        SELECT petition_id, part.dimension, part.key, SUM(amount) AS amount
        FROM taken {DIMENSIONS} GROUP BY petition_id, part.dimension, part.key
    ), added AS (
        INSERT INTO petitions_count AS counted (petition_id, dimension, key, count)
        SELECT petition_id, dimension, key, amount FROM sums ORDER BY 1, 2, 3
        ON CONFLICT (petition_id, dimension, key) DO UPDATE SET count = counted.count + EXCLUDED.count
    )
    SELECT COUNT(*) FROM taken
"""

# One statement again: signatures, counts and waiting deltas are seen at one moment.
DRIFT_SQL = f"""
    WITH confirmed AS (
        SELECT petition_id, country, language, city_key, (confirmed_at AT TIME ZONE 'UTC')::date AS day
        FROM petitions_signature WHERE state = 'confirmed'
    ), truth AS (
        SELECT petition_id, part.dimension, part.key, COUNT(*) AS signed
        FROM confirmed {DIMENSIONS} GROUP BY petition_id, part.dimension, part.key
    ), parts AS (
        SELECT petition_id, dimension, key, count FROM petitions_count
        UNION ALL
        SELECT petition_id, part.dimension, part.key, amount FROM petitions_countdelta {DIMENSIONS}
    ), shown AS (
        SELECT petition_id, dimension, key, SUM(count) AS counted FROM parts GROUP BY petition_id, dimension, key
    )
    SELECT petition_id, dimension, key, COALESCE(counted, 0), COALESCE(signed, 0)
    FROM truth FULL JOIN shown USING (petition_id, dimension, key)
    WHERE COALESCE(counted, 0) <> COALESCE(signed, 0) ORDER BY 1, 2, 3
"""

# Spellings are few beside signatures, and each is one look into an index.
WANTED_SPELLINGS = """
    unnest(%(pair_petitions)s::bigint[], %(pair_places)s::bigint[]) AS wanted (petition_id, place_id)
    JOIN petitions_spelling AS spelling ON spelling.place_id = wanted.place_id AND spelling.is_counted
"""
COUNTED_SQL = f"""
    SELECT petition_id, dimension, NULL::bigint, SUM(count) FROM petitions_count
    WHERE petition_id = ANY(%(petitions)s)
        AND (dimension = 'total' AND key = '' OR dimension = 'day' AND key = ANY(%(days)s))
    GROUP BY 1, 2
    UNION ALL
    SELECT wanted.petition_id, 'place', wanted.place_id, SUM(counted.count)
    FROM {WANTED_SPELLINGS} JOIN petitions_count AS counted ON counted.petition_id = wanted.petition_id
        AND counted.dimension = 'city' AND counted.key = spelling.country || ':' || spelling.key
    GROUP BY 1, 3
"""
WAITING_SQL = f"""
    SELECT petition_id, 'total', NULL::bigint, SUM(amount) FROM petitions_countdelta
    WHERE petition_id = ANY(%(petitions)s) GROUP BY 1
    UNION ALL
    SELECT wanted.petition_id, 'place', wanted.place_id, SUM(delta.amount)
    FROM {WANTED_SPELLINGS} JOIN petitions_countdelta AS delta ON delta.petition_id = wanted.petition_id
        AND delta.country = spelling.country AND delta.city_key = spelling.key
    GROUP BY 1, 3
"""


def record(amount: int, *signature_ids: int, act: Act | Literal[""] = "") -> None:
    """Note signatures more or less, by the place each has in the database now, and the act that did it, with the
    public reason that stands in the row now.

    Call it in the transaction that changes their state, while their rows are locked: what was read
    before the lock may name another city. However many they are, it is one statement.
    """
    with connection.cursor() as cursor:
        cursor.execute(RECORD_SQL, {"amount": amount, "signatures": list(signature_ids), "act": act})


def roll_up() -> int:
    """Move waiting deltas into the counts; how many were moved. A second worker finds the lock taken and moves none."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [ROLL_UP_LOCK])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(ROLL_UP_SQL, [DELTAS_A_ROUND])
        return cursor.fetchone()[0]


def exact_count(petition: Petition) -> int:
    """The count with all that is still waiting to be rolled up: what a signer sees right after confirming."""
    with connection.cursor() as cursor:
        cursor.execute(EXACT_SQL, [petition.pk, petition.pk])
        return cursor.fetchone()[0]


@dataclass(frozen=True)
class CountRead:
    """Counts of one petition as last rolled up; of its places, those that were asked for."""

    total: int
    places: dict[int, int]
    # The last seven days (UTC), today with them.
    this_week: int = 0

    def in_place(self, place_id: int | None) -> int:
        return self.places.get(place_id, 0) if place_id else 0


def read_counts(
    petition_ids: Iterable[int], places_of: Mapping[int, Collection[int]] | None = None, *, with_waiting: bool = False
) -> dict[int, CountRead]:
    """Totals of several petitions, each with its places' counts, in one statement that counts no signature.

    `with_waiting` adds, by a second one, what is not yet rolled up: signers see themselves at once.
    """
    ids = list(petition_ids)
    if not ids:
        return {}
    pairs = [(petition_id, place_id) for petition_id, places in (places_of or {}).items() for place_id in places]
    values: dict[str, list[Any]] = {
        "petitions": ids,
        "days": _last_days(7),
        "pair_petitions": [petition_id for petition_id, _place_id in pairs],
        "pair_places": [place_id for _petition_id, place_id in pairs],
    }
    totals, weeks = dict.fromkeys(ids, 0), dict.fromkeys(ids, 0)
    places: dict[int, dict[int, int]] = {petition_id: {} for petition_id in ids}
    with connection.cursor() as cursor:
        for sql in (COUNTED_SQL, WAITING_SQL) if with_waiting else (COUNTED_SQL,):
            cursor.execute(sql, values)
            for petition_id, dimension, place_id, count in cursor.fetchall():
                if dimension == "place":
                    places[petition_id][place_id] = places[petition_id].get(place_id, 0) + count
                else:
                    sums = totals if dimension == Count.Dimension.TOTAL else weeks
                    sums[petition_id] += count
    return {key: CountRead(totals[key], places[key], weeks[key]) for key in ids}


@dataclass(frozen=True)
class Together:
    """Counts of several petitions in one, as last rolled up: signatures, their countries, and the last seven days'."""

    total: int
    countries: int
    this_week: int


def read_together(petitions: QuerySet) -> Together:
    """One statement, whose cost grows with petitions and their countries, not with signatures."""
    dimension = Count.Dimension
    of_week = Q(dimension=dimension.DAY, key__in=_last_days(7))
    rows = Count.objects.filter(
        of_week | Q(dimension__in=[dimension.TOTAL, dimension.COUNTRY]), petition__in=petitions, count__gt=0
    )
    return Together(
        **rows.aggregate(
            total=Sum("count", filter=Q(dimension=dimension.TOTAL), default=0),
            countries=CountOf("key", filter=Q(dimension=dimension.COUNTRY), distinct=True),
            this_week=Sum("count", filter=of_week, default=0),
        )
    )


def _last_days(number: int) -> list[str]:
    """Keys of the last days, today with them."""
    today = timezone.now().astimezone(UTC).date()
    return [str(today - timedelta(days=back)) for back in range(number)]


@dataclass(frozen=True)
class Drift:
    petition_id: int
    dimension: str
    key: str
    counted: int
    truth: int


def recount(*, repair: bool = False) -> list[Drift]:
    """Compare every count with the signatures themselves; where they differ, and `repair`, set it right.

    Signers go on signing meanwhile; only the roll-up waits.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE petitions_count IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute(DRIFT_SQL)
        drifts = [Drift(*row) for row in cursor.fetchall()]
        if repair:
            for drift in drifts:
                _correct(drift)
    return drifts


def _correct(drift: Drift) -> None:
    """By difference, not by value: deltas that came after the comparison stay right."""
    key = {"petition_id": drift.petition_id, "dimension": drift.dimension, "key": drift.key}
    Count.objects.get_or_create(**key, defaults={"count": 0})
    Count.objects.filter(**key).update(count=F("count") + drift.truth - drift.counted)
