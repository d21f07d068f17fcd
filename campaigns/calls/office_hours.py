"""When an office answers the telephone, in its own time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ..rules.holidays import public_holidays

# An office that does not open within this time is closed for now, whatever its hours say.
DAYS_AHEAD = 60
# As people write midnight when a day has no 24:00.
LAST_MINUTE = time(23, 59)
# Where offices keep no hours that we know of, people are not called outside these.
DAY_BEGINS, DAY_ENDS = 8, 20
# Nobody is asked to call before or after these, by their own clock.
CALLERS_DAY_BEGINS, CALLERS_DAY_ENDS = time(8), time(21)


@dataclass(frozen=True)
class Stretch:
    """Hours kept on one or several days in a row, counted as `date.weekday()` does."""

    from_weekday: int
    to_weekday: int
    opens_at: time
    closes_at: time


@dataclass(frozen=True)
class ClosedDays:
    starts_on: date
    ends_on: date
    reason: str = ""


@dataclass(frozen=True)
class Schedule:
    zone: ZoneInfo
    stretches: tuple[Stretch, ...] = ()
    closed_days: tuple[ClosedDays, ...] = ()
    # The country or region whose public holidays are kept (`IT`, `IT-MI`), or nothing.
    holidays_of: str = ""


@dataclass(frozen=True)
class Reason:
    """Why an office does not answer on a day that it else would. The language is known of holidays only."""

    text: str
    language: str = ""


@dataclass(frozen=True)
class Status:
    """An office at one moment. All times are in the office's own zone."""

    now: datetime
    has_hours: bool
    is_open: bool = False
    closes_at: datetime | None = None  # of the present opening; None where it never closes
    opens_at: datetime | None = None  # the next time, also while it is open
    opens_until: datetime | None = None  # of that next opening
    reason: Reason | None = None

    @property
    def is_night(self) -> bool:
        return not DAY_BEGINS <= self.now.hour < DAY_ENDS


@lru_cache(maxsize=512)
def zone_named(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def status(schedule: Schedule, now: datetime, language: str = "en") -> Status:
    """Whether the office answers `now`, until when, and when next. `language` is for the names of holidays."""
    here = now.astimezone(schedule.zone)
    openings = _openings(schedule, here.date())
    current = following = None
    for opening in openings:
        if opening[0] > now:
            following = opening
            break
        if now < opening[1]:
            current = opening
    last_day = here.date() + timedelta(days=DAYS_AHEAD)
    closes_at = current[1].astimezone(schedule.zone) if current else None
    return Status(
        now=here,
        has_hours=bool(schedule.stretches),
        is_open=current is not None,
        closes_at=None if closes_at and closes_at.date() > last_day else closes_at,
        opens_at=following[0].astimezone(schedule.zone) if following else None,
        opens_until=following[1].astimezone(schedule.zone) if following else None,
        reason=None if current else _reason(schedule, here.date(), language),
    )


def is_callers_day(moment: datetime) -> bool:
    """Whether people call at this time of their day."""
    return CALLERS_DAY_BEGINS <= moment.time() < CALLERS_DAY_ENDS


def next_moment(schedule: Schedule, after: datetime, settling: timedelta, callers: ZoneInfo) -> datetime | None:
    """The first moment of the openings to come at which the office has been open for `settling`, and at which
    people in the zone `callers` call."""
    for begins, ends in _openings(schedule, after.astimezone(schedule.zone).date()):
        if begins > after:
            moment = _in_callers_day(begins + settling, callers)
            if moment < ends:
                return moment
    return None


def _in_callers_day(moment: datetime, zone: ZoneInfo) -> datetime:
    """`moment` itself, or the morning after it."""
    theirs = moment.astimezone(zone)
    if is_callers_day(theirs):
        return moment
    day = theirs.date() if theirs.time() < CALLERS_DAY_BEGINS else theirs.date() + timedelta(days=1)
    return _moment(zone, day, CALLERS_DAY_BEGINS)


def _openings(schedule: Schedule, today: date) -> Iterator[tuple[datetime, datetime]]:
    """From yesterday on, in UTC, for clocks that are put forward or back must not change how long hours are.

    Stretches that touch or overlap are one opening.
    """
    opened: tuple[datetime, datetime] | None = None
    for ahead in range(-1, DAYS_AHEAD + 1):
        for begins, ends in _hours_of(schedule, today + timedelta(days=ahead)):
            if opened and begins <= opened[1]:
                opened = opened[0], max(opened[1], ends)
                continue
            if opened:
                yield opened
            opened = begins, ends
    if opened:
        yield opened


def _hours_of(schedule: Schedule, day: date) -> list[tuple[datetime, datetime]]:
    kept = [stretch for stretch in schedule.stretches if stretch.from_weekday <= day.weekday() <= stretch.to_weekday]
    if not kept or _closed_on(schedule, day):
        return []
    hours = [(_moment(schedule.zone, day, stretch.opens_at), _end(schedule.zone, day, stretch)) for stretch in kept]
    # Hours that a clock put forward leaps over do not happen.
    return sorted((begins, ends) for begins, ends in hours if begins < ends)


def _end(zone: ZoneInfo, day: date, stretch: Stretch) -> datetime:
    if stretch.closes_at >= LAST_MINUTE:
        return _moment(zone, day + timedelta(days=1), time(0))
    return _moment(zone, day, stretch.closes_at, fold=1)


def _moment(zone: ZoneInfo, day: date, at: time, fold: int = 0) -> datetime:
    """In UTC. Of an hour that comes twice `fold` takes the first or the second; of a skipped one, after or before."""
    return datetime.combine(day, at.replace(fold=fold), zone).astimezone(UTC)


def _closed_on(schedule: Schedule, day: date) -> ClosedDays | str | None:
    for closed in schedule.closed_days:
        if closed.starts_on <= day <= closed.ends_on:
            return closed
    return public_holidays(schedule.holidays_of, day.year, "en")[1].get(day)


def _reason(schedule: Schedule, day: date, language: str) -> Reason | None:
    closed = _closed_on(schedule, day)
    if isinstance(closed, ClosedDays):
        return Reason(closed.reason) if closed.reason else None
    if closed is None:
        return None
    tag, names = public_holidays(schedule.holidays_of, day.year, language)
    return Reason(names[day], tag)
