"""Counting acts by the day they are done: forms, confirmations, withdrawals, invalidations and their undoing.

Counts of signatures (`counting`, whose `record` notes the acts too) say how many there are; these say how that number
came about, and never change for a day that is over.
"""

from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Sum

from .models import Act, ActCount, Petition

ROLL_UP_LOCK = 7_301_005
DELTAS_A_ROUND = 20_000

# The public reason of a row, for acts that have one.
REASON = "COALESCE(NULLIF(invalidated_for, ''), 'other')"

# One statement, so that an act is either waiting or counted, never both or neither.
ROLL_UP_SQL = """
    WITH taken AS (
        DELETE FROM petitions_actdelta
        WHERE id IN (SELECT id FROM petitions_actdelta ORDER BY id LIMIT %s)
        RETURNING petition_id, day, act, reason, amount
    ), added AS (
        INSERT INTO petitions_actcount AS counted (petition_id, day, act, reason, count)
        SELECT petition_id, day, act, reason, SUM(amount) FROM taken GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
        ON CONFLICT (petition_id, day, act, reason) DO UPDATE SET count = counted.count + EXCLUDED.count
    )
    SELECT COUNT(*) FROM taken
"""

# What the rows tell of the time before acts were counted; what was counted already is not counted again. One
# statement: signatures and acts are seen at one moment.
FROM_ROWS_SQL = f"""
    WITH told AS (
        SELECT (act.at AT TIME ZONE 'UTC')::date AS day, act.act, act.reason, COUNT(*) AS number
        FROM petitions_signature CROSS JOIN LATERAL (VALUES
            ('form', '', signed_at, TRUE),
            ('confirmed', '', confirmed_at, TRUE),
            ('withdrawn', '', COALESCE(withdrawn_at, confirmed_at), state = 'withdrawn'),
            ('invalidated', {REASON}, COALESCE(invalidated_at, confirmed_at), state = 'invalidated')
        ) AS act (act, reason, at, is_so)
        WHERE petition_id = %(petition)s AND act.is_so AND act.at IS NOT NULL
            AND (act.act = 'form' OR confirmed_at IS NOT NULL)
        GROUP BY 1, 2, 3
    ), noted AS (
        SELECT day, act, reason, SUM(number) AS number FROM (
            SELECT day, act, reason, count AS number FROM petitions_actcount WHERE petition_id = %(petition)s
            UNION ALL
            SELECT day, act, reason, amount FROM petitions_actdelta WHERE petition_id = %(petition)s
        ) AS both_kinds GROUP BY 1, 2, 3
    )
    INSERT INTO petitions_actcount AS counted (petition_id, day, act, reason, count)
    SELECT %(petition)s, day, act, reason, told.number - COALESCE(noted.number, 0)
    FROM told LEFT JOIN noted USING (day, act, reason) WHERE told.number > COALESCE(noted.number, 0)
    ON CONFLICT (petition_id, day, act, reason) DO UPDATE SET count = counted.count + EXCLUDED.count
"""

# One statement again.
DRIFT_SQL = """
    WITH acts AS (
        SELECT petition_id, act, count AS number FROM petitions_actcount
        UNION ALL
        SELECT petition_id, act, amount FROM petitions_actdelta
    ), told AS (
        SELECT petition_id, SUM(CASE WHEN act IN ('confirmed', 'restored') THEN number ELSE -number END) AS number
        FROM acts WHERE act <> 'form' GROUP BY 1
    ), signed AS (
        SELECT petition_id, COUNT(*) AS number FROM petitions_signature WHERE state = 'confirmed' GROUP BY 1
    )
    SELECT petition_id, COALESCE(told.number, 0), COALESCE(signed.number, 0)
    FROM petitions_ledger LEFT JOIN told USING (petition_id) LEFT JOIN signed USING (petition_id)
    WHERE COALESCE(told.number, 0) <> COALESCE(signed.number, 0) ORDER BY 1
"""


def roll_up() -> int:
    """Move waiting acts into the counts by day; how many. A second worker finds the lock taken and moves none."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [ROLL_UP_LOCK])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(ROLL_UP_SQL, [DELTAS_A_ROUND])
        return cursor.fetchone()[0]


def drifts() -> list[tuple[int, int, int]]:
    """Petitions with a ledger whose acts do not add up to their confirmed signatures: number, acts, signatures.

    No act of before is changed to set that right: only the reason can be found.
    """
    with connection.cursor() as cursor:
        cursor.execute(DRIFT_SQL)
        return cursor.fetchall()


def count_from_rows(petition_id: int) -> None:
    """Begin a petition's counts with what its signatures tell: those of before, and those put there past the verbs."""
    with connection.cursor() as cursor:
        cursor.execute(FROM_ROWS_SQL, {"petition": petition_id})


@dataclass(frozen=True)
class Sums:
    """All acts of one petition, as last rolled up."""

    forms: int
    confirmed: int
    withdrawn: int
    # By public reason, without those that came back.
    invalidated: dict[str, int]

    @property
    def left_out(self) -> int:
        return self.withdrawn + sum(self.invalidated.values())

    @property
    def counted(self) -> int:
        return self.confirmed - self.left_out


def read_sums(petition: Petition) -> Sums:
    """One statement over a few rows a day; no signature is counted."""
    rows = ActCount.objects.filter(petition=petition).values("act", "reason").annotate(number=Sum("count"))
    sums = {(row["act"], row["reason"]): row["number"] for row in rows}
    invalidated: dict[str, int] = {}
    for (act, reason), number in sums.items():
        sign = {Act.INVALIDATED: 1, Act.RESTORED: -1}.get(Act(act), 0)
        if sign:
            invalidated[reason] = invalidated.get(reason, 0) + sign * number
    return Sums(
        forms=sums.get((Act.FORM, ""), 0),
        confirmed=sums.get((Act.CONFIRMED, ""), 0),
        withdrawn=sums.get((Act.WITHDRAWN, ""), 0),
        invalidated={reason: number for reason, number in invalidated.items() if number > 0},
    )
