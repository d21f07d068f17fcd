"""The call card: whom to call for a campaign, whether they answer now, and what to say."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property, partial

from babel.dates import format_date, format_skeleton, format_timedelta
from django.utils.html import format_html
from django.utils.safestring import SafeString

from petitions.languages import TextT, best_text, locale_of

from ..models import CallScriptText, Closure, OpeningHours, Target
from ..reading.cards import ContactLine, TargetCard
from ..reading.loading import with_city_names
from ..reading.owned import texts_shown
from ..reading.page import CampaignPage, country_in
from ..reading.words import Words
from .dialling import Caller, Dialled, dialled_from, is_home_only
from .office_hours import ClosedDays, Schedule, Status, Stretch, is_callers_day, status, zone_named


@dataclass(frozen=True)
class Moment:
    """A point in time, read on one clock by a reader of one language."""

    at: datetime
    now: datetime
    language: str

    @property
    def time(self) -> SafeString:
        """Counted to 24 in every language: who calls abroad must not take 9 in the evening for 9 in the morning."""
        shown = format_skeleton("Hm", self.at, locale=locale_of(self.language))
        return format_html('<time datetime="{}">{}</time>', self.at.isoformat(timespec="minutes"), shown)

    @property
    def days_ahead(self) -> int:
        return (self.at.date() - self.now.astimezone(self.at.tzinfo).date()).days

    @property
    def weekday(self) -> str:
        """Only within a week: later a weekday says too little."""
        return format_date(self.at, "EEEE", locale=locale_of(self.language)) if self.days_ahead < 7 else ""

    @property
    def date(self) -> str:
        return format_skeleton("MMMMd", self.at, locale=locale_of(self.language))

    @property
    def wait(self) -> str:
        """`in 6 hours`: in minutes below an hour, in days from two days on."""
        # Two times of one zone would be subtracted as their clocks show them, wrong by the hour a clock was moved.
        minutes = max(round((self.at.timestamp() - self.now.timestamp()) / 60), 1)
        # The threshold keeps Babel from changing to a larger unit.
        said = partial(format_timedelta, threshold=1e9, add_direction=True, locale=locale_of(self.language))
        if minutes < 60:
            return said(timedelta(minutes=minutes), "minute")
        if minutes < 2 * 24 * 60:
            return said(timedelta(minutes=minutes), "hour")
        return said(timedelta(days=self.days_ahead), "day")


@dataclass(frozen=True)
class Number:
    """One telephone number, with everybody who answers it."""

    contacts: Sequence[ContactLine]
    answered_by: Sequence[TargetCard]
    dialled: Dialled | None
    status: Status | None
    schedules: Sequence[Schedule]
    caller: Caller
    language: str

    @property
    def pk(self) -> int:
        return self.contacts[0].pk

    @property
    def href(self) -> str:
        return self.contacts[0].href

    @property
    def shown(self) -> str:
        return self.contacts[0].shown

    @property
    def home(self) -> str:
        """The country that a number of this kind may answer calls from alone, where the caller's is not known."""
        country = str(self.answered_by[0].city.country)
        is_told = self.dialled is None and is_home_only(self.shown, country)
        return country_in(self.language, country) if is_told else ""

    @property
    def city(self) -> str:
        return self.answered_by[0].city.name_in(self.language)

    @property
    def is_open(self) -> bool:
        return self.status is not None and self.status.is_open

    @property
    def local_now(self) -> Moment | None:
        return self._moment(self.status.now) if self.status else None

    @property
    def closes(self) -> Moment | None:
        return self._moment(self.status.closes_at) if self.status else None

    @property
    def opens(self) -> Moment | None:
        return self._moment(self.status.opens_at) if self.status else None

    @property
    def closes_for_caller(self) -> Moment | None:
        return self._for_caller(self.closes)

    @property
    def opens_for_caller(self) -> Moment | None:
        return self._for_caller(self.opens)

    @property
    def opens_until(self) -> Moment | None:
        """Told where the opening is in the caller's night, as they may call later while it lasts."""
        opens, theirs = self.opens, self.opens_for_caller
        until = self._moment(self.status.opens_until) if self.status else None
        if until is None or opens is None or theirs is None or is_callers_day(theirs.at):
            return None
        # From a day on two times of the clock no longer say how long.
        return until if until.at.timestamp() - opens.at.timestamp() < 24 * 60 * 60 else None

    @property
    def opens_until_for_caller(self) -> Moment | None:
        return self._for_caller(self.opens_until)

    def _moment(self, at: datetime | None) -> Moment | None:
        return Moment(at, self.status.now, self.language) if at and self.status else None

    def _for_caller(self, moment: Moment | None) -> Moment | None:
        """The same moment on the caller's clock, where that clock shows another time."""
        if moment is None or self.caller.zone is None:
            return None
        theirs = moment.at.astimezone(self.caller.zone)
        return None if theirs.utcoffset() == moment.at.utcoffset() else self._moment(theirs)


@dataclass(frozen=True)
class ScriptLine:
    words: str
    sounds: str
    meaning: str


@dataclass(frozen=True)
class Script:
    """What to say: in the office's language, how that sounds, and what it means."""

    words: Words
    sounds: Words
    meaning: Words

    @cached_property
    def lines(self) -> list[ScriptLine]:
        """Line beneath line; none where the texts differ in their number of lines, for then nothing tells
        which belong together."""
        words = lines_of(str(self.words))
        columns = [lines_of(str(text)) or [""] * len(words) for text in (self.sounds, self.meaning)]
        if any(len(column) != len(words) for column in columns):
            return []
        return [ScriptLine(*line) for line in zip(words, *columns, strict=True)]


def lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


class Calls:
    """The call page of one campaign, for a caller at one moment."""

    def __init__(self, page: CampaignPage, caller: Caller, now: datetime) -> None:
        self.page = page
        self.caller = caller
        self.now = now

    @cached_property
    def numbers(self) -> list[Number]:
        """Each number once, in the organizer's order."""
        found: dict[str, list[tuple[TargetCard, ContactLine]]] = {}
        for card in self.page.targets:
            for contact in card.telephones:
                # What is no number that can be dialled is nobody else's either.
                found.setdefault(contact.href or f"#{contact.pk}", []).append((card, contact))
        schedules = self._schedules({card.pk: card.target for answers in found.values() for card, _contact in answers})
        return [self._number(answers, schedules) for answers in found.values()]

    def number(self, contact_pk: int) -> Number | None:
        return next((number for number in self.numbers if contact_pk in [c.pk for c in number.contacts]), None)

    @property
    def first_open(self) -> Number | None:
        return next((number for number in self.numbers if number.is_open), None)

    @property
    def has_faxes(self) -> bool:
        return any(card.faxes for card in self.page.targets)

    @property
    def is_abroad(self) -> bool:
        """Whether a call may cost more than one at home."""
        return any(number.dialled is None or number.dialled.is_abroad for number in self.numbers)

    @property
    def needs_prefix(self) -> bool:
        return any(number.dialled is not None and number.dialled.needs_prefix for number in self.numbers)

    @property
    def waits_for_tone(self) -> bool:
        return any(number.dialled is not None and number.dialled.waits_for_tone for number in self.numbers)

    @cached_property
    def scripts(self) -> list[Script]:
        rows = texts_shown(self.page.campaign, CallScriptText, "script")
        return [script for script in map(self._script, rows) if script.words]

    def _number(self, answers: Sequence[tuple[TargetCard, ContactLine]], schedules: dict[int, Schedule]) -> Number:
        cards = [card for card, _contact in answers]
        contacts = [contact for _card, contact in answers]
        kept = [schedules[card.pk] for card in cards if card.pk in schedules]
        now = [status(schedule, self.now, self.page.language) for schedule in kept]
        dialled = dialled_from(self.caller.country, contacts[0].shown, str(cards[0].city.country))
        return Number(contacts, cards, dialled, _first_to_answer(now), kept, self.caller, self.page.language)

    def _schedules(self, targets: Mapping[int, Target]) -> dict[int, Schedule]:
        """When each of these targets answers, in two statements."""
        if not targets:
            return {}
        self._name_cities(targets.values())
        hours: dict[int, list[Stretch]] = {}
        for row in OpeningHours.objects.filter(target_id__in=targets):
            stretch = Stretch(row.from_weekday, row.to_weekday, row.opens_at, row.closes_at)
            hours.setdefault(row.target_id, []).append(stretch)
        closed: dict[int, list[ClosedDays]] = {}
        for days in Closure.objects.filter(target_id__in=targets):
            closed.setdefault(days.target_id, []).append(ClosedDays(days.starts_on, days.ends_on, days.reason))
        return {
            pk: Schedule(
                zone,
                tuple(hours.get(pk, ())),
                tuple(closed.get(pk, ())),
                target.city.holidays_of if target.closes_on_holidays else "",
            )
            for pk, target in targets.items()
            if (zone := zone_named(target.city.time_zone))
        }

    def _name_cities(self, targets: Iterable[Target]) -> None:
        """The pair's cities are loaded with their names; a target may be in a third one."""
        pair = {city.pk: city for city in (self.page.campaign.asked_city, self.page.campaign.other_city)}
        others = []
        for target in targets:
            if known := pair.get(target.city_id):
                target.city.loaded_names = known.loaded_names
            else:
                others.append(target.city)
        if others:
            with_city_names(others)

    def _script(self, texts: Sequence[CallScriptText]) -> Script:
        language, source = self.page.language, self.page.campaign.source_language
        spoken = self.page.campaign.asked_city.native_language
        own = _in_language(texts, spoken)
        reader = best_text(texts, language, source)
        nothing = Words("", language, language)
        if reader is None:
            return Script(nothing, nothing, nothing)
        read = self.page.words(reader.words, reader.language)
        if own is None or own is reader:
            return Script(read, nothing, nothing)
        sounds = self.page.words(reader.sounds, reader.language)
        return Script(self.page.words(own.words, own.language), sounds, read)


def _in_language(texts: Sequence[TextT], language: str) -> TextT | None:
    text = best_text(texts, language, language)
    return text if text and text.language.split("-")[0] == language.split("-")[0] else None


def _first_to_answer(now: Sequence[Status]) -> Status | None:
    """Of several offices that share a number: one that answers now, else the next that will, else any with a clock."""
    by_opening = sorted(now, key=lambda each: (each.opens_at is None, each.opens_at or each.now))
    by_closing = sorted(by_opening, key=lambda each: each.closes_at or each.now, reverse=True)
    return next((each for each in by_closing if each.is_open), by_opening[0] if by_opening else None)
