"""How much waits for moderators, how long, and what they did: figures for the desk, the front page and the digest."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Count
from django.db.models.functions import TruncDate
from django.utils import timezone

from .models import Comment, Decision, DeskChoice

# Beyond this the exact number helps nobody, and costs more with each one.
COUNTED_AT_MOST = 1000
LATE = timedelta(hours=24)
NOT_MODERATORS = ("hold", "undo")

WAITING = "(c.state = 'pending' OR (c.state = 'approved' AND c.reported_at IS NOT NULL)) AND c.confirmed_at IS NOT NULL"
# From one language to the next by the index, and of each a bounded number of rows.
BY_LANGUAGE_SQL = f"""
    WITH RECURSIVE tags AS (
        (SELECT c.written_in AS tag FROM petitions_comment c WHERE {WAITING} ORDER BY c.written_in LIMIT 1)
        UNION ALL
        SELECT (SELECT c.written_in FROM petitions_comment c WHERE {WAITING} AND c.written_in > tags.tag
                ORDER BY c.written_in LIMIT 1)
        FROM tags WHERE tags.tag IS NOT NULL
    )
    SELECT tags.tag, counted.number, counted.oldest FROM tags CROSS JOIN LATERAL (
        SELECT count(*) AS number, min(since) AS oldest FROM (
            SELECT COALESCE(c.reported_at, c.asked_again_at, c.confirmed_at) AS since FROM petitions_comment c
            LEFT JOIN petitions_signature s ON s.id = c.signature_id
            WHERE {WAITING} AND c.written_in = tags.tag AND (c.signature_id IS NULL OR s.state = 'confirmed')
                AND c.left_by IS DISTINCT FROM %(moderator)s
            ORDER BY c.id LIMIT %(limit)s
        ) part
    ) counted
    WHERE tags.tag IS NOT NULL AND counted.number > 0
"""


@dataclass(frozen=True)
class Waiting:
    """What waits in one language, or in several together."""

    language: str
    number: int
    oldest: datetime | None

    @property
    def is_late(self) -> bool:
        return self.oldest is not None and timezone.now() - self.oldest > LATE

    @property
    def is_many(self) -> bool:
        return self.number >= COUNTED_AT_MOST


def waiting_by_language(moderator_number: int = 0) -> list[Waiting]:
    """The most first. What this moderator left to others waits for those."""
    with connection.cursor() as cursor:
        cursor.execute(BY_LANGUAGE_SQL, {"limit": COUNTED_AT_MOST, "moderator": moderator_number})
        found = [Waiting(*row) for row in cursor.fetchall()]
    return sorted(found, key=lambda each: (-each.number, each.language))


def together(parts: list[Waiting]) -> Waiting:
    oldest = min((part.oldest for part in parts if part.oldest), default=None)
    return Waiting("", sum(part.number for part in parts), oldest)


def read_by(parts: list[Waiting], choice: DeskChoice | None) -> list[Waiting]:
    """Those in languages that this moderator reads, and those that nobody is sure of."""
    tags = choice.tags if choice else []
    return [part for part in parts if not tags or not part.language or part.language in tags]


def unseen() -> int:
    """What a rule approved and nobody has looked at, at most so many."""
    rows = Comment.objects.confirmed().filter(state=Comment.State.APPROVED, unseen_since__isnull=False)
    return len(rows.order_by("pk").values("pk")[:COUNTED_AT_MOST])


@dataclass(frozen=True)
class DayOfDecisions:
    day: date
    number: int
    by_language: list[tuple[str, int]]


def decisions_by_day(days: int = 7) -> list[DayOfDecisions]:
    """By day and language, the newest day first."""
    since = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=days - 1)
    rows = Decision.objects.filter(at__gte=since).exclude(verb__in=NOT_MODERATORS)
    counted = rows.order_by().values_list(TruncDate("at"), "written_in").annotate(number=Count("pk"))
    found: dict[Any, list[tuple[str, int]]] = defaultdict(list)
    for day, language, number in counted:
        found[day].append((language, number))
    return [
        DayOfDecisions(day, sum(number for _tag, number in parts), sorted(parts, key=lambda part: (-part[1], part[0])))
        for day, parts in sorted(found.items(), reverse=True)
    ]
