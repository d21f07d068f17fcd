"""Where a caller is: what to dial from there, and what time it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from importlib.resources import files
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import phonenumbers
from babel.core import get_global
from babel.dates import get_timezone_location, get_timezone_name
from django.utils.translation import to_locale
from django_countries import countries

from ..rules.telephones import telephone
from .office_hours import zone_named

CITIES_NAMED = 3


@dataclass(frozen=True)
class ZoneChoice:
    """Places of one country whose clocks agree all year."""

    name: str
    label: str
    places: frozenset[str]


@dataclass(frozen=True)
class Caller:
    country: str = ""
    # Only where the country has more than one.
    zone_choices: Sequence[ZoneChoice] = ()
    zone_name: str = ""

    @property
    def zone(self) -> ZoneInfo | None:
        return zone_named(self.zone_name) if self.zone_name else None

    @property
    def country_name(self) -> str:
        return str(countries.name(self.country))

    @property
    def parameters(self) -> dict[str, str]:
        """As they stand in addresses of the page."""
        zone = self.zone_name if self.zone_choices else ""
        return {name: value for name, value in (("from", self.country), ("zone", zone)) if value}

    @property
    def query(self) -> str:
        return f"?{urlencode(self.parameters)}" if self.parameters else ""


@dataclass(frozen=True)
class Dialled:
    """What to dial from one country."""

    number: str
    is_abroad: bool
    may_not_connect: bool = False

    @property
    def needs_prefix(self) -> bool:
        """Whether each provider of the country has a prefix of its own, so that only + works with all."""
        return self.is_abroad and self.number.startswith("+")

    @property
    def waits_for_tone(self) -> bool:
        return "~" in self.number


def caller_from(country: str, zone: str, language: str, year: int) -> Caller:
    """Whatever is not known counts as not chosen."""
    if country not in countries:
        return Caller()
    choices = zones_of(country, language, year)
    if len(choices) < 2:
        return Caller(country, (), choices[0].name if choices else "")
    chosen = next((choice for choice in choices if zone in choice.places), None)
    return Caller(country, choices, chosen.name if chosen else "")


def dialled_from(caller_country: str, number: str, country: str) -> Dialled | None:
    known = telephone(number, country)
    if known.problem or not caller_country:
        return None
    if known.number is None:
        return Dialled(number, caller_country != country, may_not_connect=caller_country != country)
    shown = phonenumbers.format_out_of_country_calling_number(known.number, caller_country)
    is_abroad = known.number.country_code != phonenumbers.country_code_for_region(caller_country)
    return Dialled(shown, is_abroad, may_not_connect=is_abroad and not known.answers_abroad)


def is_home_only(number: str, country: str) -> bool:
    """Whether it may answer calls from inside its country only."""
    known = telephone(number, country)
    return not known.problem and not known.answers_abroad


@lru_cache(maxsize=512)
def zones_of(country: str, language: str, year: int) -> tuple[ZoneChoice, ...]:
    """A country's time zones from west to east. Zones whose clocks agree throughout the year are one."""
    groups: dict[tuple[timedelta, ...], list[str]] = {}
    for name in _zones_by_country().get(country, ()):
        if zone := zone_named(name):
            groups.setdefault(_offsets(zone, year), []).append(name)
    return tuple(
        ZoneChoice(names[0], _label(names, language), frozenset(names))
        for names in (sorted(groups[offsets], key=_is_little_known) for offsets in sorted(groups))
    )


@lru_cache(maxsize=1)
def _zones_by_country() -> Mapping[str, Sequence[str]]:
    """In the order of the table, which is by and large that of population."""
    found: dict[str, list[str]] = {}
    table = files("tzdata").joinpath("zoneinfo/zone.tab").read_text(encoding="utf-8")
    for line in table.splitlines():
        if line and not line.startswith("#"):
            country, _coordinates, name, *_comment = line.split("\t")
            found.setdefault(country, []).append(name)
    return found


def _offsets(zone: ZoneInfo, year: int) -> tuple[timedelta, ...]:
    """Twice a month is often enough: no clock is put forward and back within a fortnight."""
    days = [datetime(year, month, day, tzinfo=zone) for month in range(1, 13) for day in (1, 15)]
    return tuple(day.utcoffset() or timedelta(0) for day in days)


def _is_little_known(name: str) -> bool:
    """Zones that stand for all that agree with them have an entry of their own in Windows."""
    return name not in get_global("windows_zone_mapping").values()


def _label(names: Sequence[str], language: str) -> str:
    """`Eastern Time (New York, Indianapolis, Detroit)`; cities alone where the zone has no name."""
    locale = to_locale(language)
    cities = [get_timezone_location(name, locale=locale, return_city=True) for name in names[:CITIES_NAMED]]
    # Without a translation Babel shows the last words of a zone's name: `Indiana/Indianapolis`.
    shown = ", ".join(city.rpartition("/")[2] for city in cities)
    zone = get_timezone_name(names[0], width="long", zone_variant="generic", locale=locale)
    # Babel then makes up a name, of an "unknown region" for zones younger than its data.
    return shown if zone == get_timezone_location(names[0], locale=locale) else f"{zone} ({shown})"
