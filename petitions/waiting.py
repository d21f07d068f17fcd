"""How much waits for moderators, how long, and what they did: figures for the desk, the front page and the digest."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import Count
from django.db.models.functions import TruncDate
from django.utils import timezone

from .models import Comment, Decision, DeskChoice

# Beyond this the exact number helps nobody, and costs more with each one.
COUNTED_AT_MOST = 1000
LATE = timedelta(hours=24)
# A week of them, in the languages written most.
LANGUAGES_SHOWN = 8
NO_DECISIONS = ("hold", "undo")

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
    """At most so many."""
    return len(Comment.objects.unseen().order_by("pk").values("pk")[:COUNTED_AT_MOST])


@dataclass(frozen=True)
class DeskNumbers:
    """What waits, and a table of what was decided: a row for each day, a column for each language."""

    waiting: list[Waiting]
    all: Waiting
    languages: list[str]
    days: list[tuple[date, int, list[int]]]


def desk_numbers(moderator_number: int = 0) -> DeskNumbers:
    waiting = waiting_by_language(moderator_number)
    counts = decisions_by_day()
    totals = Counter[str]()
    for by_language in counts.values():
        totals.update(by_language)
    languages = [tag for tag, _number in totals.most_common(LANGUAGES_SHOWN)]
    days = [(day, sum(found.values()), [found[tag] for tag in languages]) for day, found in counts.items()]
    return DeskNumbers(waiting, together(waiting), languages, days)


def decisions_by_day(days: int = 7) -> dict[date, Counter[str]]:
    """How many comments were decided, by day and language, the newest day first."""
    since = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=days - 1)
    rows = Decision.objects.filter(at__gte=since, by=Decision.By.PERSON).exclude(verb__in=NO_DECISIONS)
    counted = rows.order_by().values_list(TruncDate("at"), "written_in").annotate(number=Count("pk"))
    found: dict[date, Counter[str]] = defaultdict(Counter)
    for day, language, number in counted:
        found[day][language] = number
    return dict(sorted(found.items(), reverse=True))
