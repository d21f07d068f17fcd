"""The numbers of a half-year of moderation, from the rows themselves. No name, no word, no group of fewer than five."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from .models import Answer, Comment, Decision, Report

SMALLEST_GROUP = 5
# Of the half-year that runs; those that are over change only when an author takes a comment back.
KEPT_SECONDS = 3600
# Older halves keep their addresses and leave the list.
LISTED_HALVES = 8
FIRST_YEAR = 2000
COUNTED = (Decision.Verb.APPROVE, Decision.Verb.REJECT, Decision.Verb.SPAM, Decision.Verb.HIDE, Decision.Verb.RESTORE)
MEDIAN_SQL = """
    SELECT extract(epoch FROM percentile_cont(0.5) WITHIN GROUP (ORDER BY at - waited_since)), count(*)
    FROM petitions_decision WHERE at >= %s AND at < %s AND waited_since IS NOT NULL AND verb = ANY(%s)
"""


@dataclass(frozen=True)
class Half:
    """`2026-2` is July to December 2026, UTC."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year}-{self.number}"

    @property
    def starts_at(self) -> datetime:
        return datetime(self.year, 1 if self.number == 1 else 7, 1, tzinfo=UTC)

    @property
    def ends_at(self) -> datetime:
        return self.next.starts_at

    @property
    def next(self) -> "Half":
        return Half(self.year, 2) if self.number == 1 else Half(self.year + 1, 1)

    @property
    def is_over(self) -> bool:
        return self.ends_at <= timezone.now()


def half_of(moment: datetime) -> Half:
    moment = moment.astimezone(UTC)
    return Half(moment.year, 1 if moment.month < 7 else 2)


def half_named(text: str) -> Half | None:
    """Of those there can be; None for any other text."""
    year, dash, number = text[:8].partition("-")
    if not (dash and number in ("1", "2") and len(year) == 4 and year.isascii() and year.isdigit()):
        return None
    half = Half(int(year), int(number))
    return half if half.year >= FIRST_YEAR and half.starts_at <= timezone.now() else None


def halves() -> list[Half]:
    """Those of which something can be told, the newest first: from the first decision on."""
    first = Decision.objects.order_by("at").values_list("at", flat=True).first()
    half, now = half_of(first or timezone.now()), half_of(timezone.now())
    found = [half]
    while half != now:
        half = half.next
        found.append(half)
    return found[::-1][:LISTED_HALVES]


# Name of a group and how many; None where so few that nothing is told.
Group = tuple[str, int | None]


@dataclass(frozen=True)
class Section:
    """One table. `key` is its name for machines."""

    key: str
    total: int | None
    groups: list[Group] = field(default_factory=list)


@dataclass(frozen=True)
class Numbers:
    half: Half
    sections: list[Section]
    median_seconds: int | None
    made_at: datetime


OTHER = "other"


def merged(counts: dict[str, int]) -> list[Group]:
    """The largest first. Groups of fewer than five go together, with the next larger one where they are still few,
    so that no subtraction tells them apart."""
    ranked = sorted(counts.items(), key=lambda group: (-group[1], group[0]))
    small = [group for group in ranked if group[1] < SMALLEST_GROUP]
    large = ranked[: len(ranked) - len(small)]
    while small and large and sum(count for _name, count in small) < SMALLEST_GROUP:
        small.append(large.pop())
    if not small:
        return list(large)
    total = sum(count for _name, count in small)
    return [*large, (OTHER, total if total >= SMALLEST_GROUP else None)]


def _of_people(key: str, rows: Iterable[tuple[str, int]]) -> Section:
    """By language or reason: who wrote is among few, so few are not told apart."""
    counts = dict(rows)
    total = sum(counts.values())
    return Section(key, total if total == 0 or total >= SMALLEST_GROUP else None, merged(counts))


def _of_acts(key: str, rows: Iterable[tuple[str, int]]) -> Section:
    """What we did, in full: of a kind of decision nobody is a member."""
    groups: list[Group] = [*sorted(rows, key=lambda group: (-group[1], group[0]))]
    return Section(key, sum(count or 0 for _name, count in groups), groups)


def _by(rows: QuerySet, name: str) -> list[tuple[str, int]]:
    grouped = rows.order_by().values_list(name).annotate(number=Count("pk"))
    return [(group or "unknown", count) for group, count in grouped]


def numbers(half: Half) -> Numbers:
    """Made once an hour at most: a page that anybody opens must not count a million rows each time."""
    key = f"petitions.transparency.{half}"
    made: Numbers | None = cache.get(key)
    if made is None:
        made = _numbers(half)
        cache.set(key, made, KEPT_SECONDS)
    return made


def _numbers(half: Half) -> Numbers:
    within = {"gte": half.starts_at, "lt": half.ends_at}
    received = Comment.objects.filter(**{f"confirmed_at__{how}": when for how, when in within.items()})
    in_time: dict[str, Any] = {f"at__{how}": when for how, when in within.items()}
    rows = Decision.objects.filter(**in_time)
    decided = rows.filter(verb__in=COUNTED, undone_by__isnull=True)
    objections = Answer.objects.filter(**in_time)
    reports = Report.objects.filter(**in_time)
    sections = [
        _of_people("received_by_language", _by(received, "written_in")),
        _of_acts("decided_by_decision", _by(decided, "verb")),
        _of_acts("decided_by_person_or_rule", _by(decided, "by")),
        _of_people("refused_by_reason", _by(decided.filter(reason__isnull=False), "reason__key")),
        _of_people("decided_by_language", _by(decided, "written_in")),
        _of_acts("taken_back", _by(rows.filter(verb=Decision.Verb.UNDO), "undoes__verb")),
        _of_acts("objections_by_outcome", _outcomes(objections.filter(kind=Answer.Kind.OBJECTED))),
        _of_acts("resubmissions_by_outcome", _outcomes(objections.filter(kind=Answer.Kind.RESUBMITTED))),
        _of_people("reports_by_reason", _by(reports, "reason__key")),
        _of_acts("reports_by_outcome", _outcomes(reports)),
    ]
    return Numbers(half, sections, _median(half), timezone.now())


def _outcomes(rows: QuerySet) -> list[tuple[str, int]]:
    counts = rows.aggregate(
        shown=Count("pk", filter=Q(outcome__state_after=Comment.State.APPROVED)),
        not_shown=Count("pk", filter=Q(outcome__isnull=False) & ~Q(outcome__state_after=Comment.State.APPROVED)),
        waiting=Count("pk", filter=Q(outcome__isnull=True)),
    )
    return [(name, count) for name, count in counts.items() if count]


def _median(half: Half) -> int | None:
    """How long a comment waited, in seconds: half of them less."""
    with connection.cursor() as cursor:
        cursor.execute(MEDIAN_SQL, [half.starts_at, half.ends_at, [str(verb) for verb in COUNTED]])
        seconds, count = cursor.fetchone()
    return int(seconds) if count >= SMALLEST_GROUP else None
