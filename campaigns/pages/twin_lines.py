"""The map of pairs untangled for narrow screens: two columns of names, and a curve from each asked city to its sister.

Both columns are equally high, and so are a column's rows: a row's place says where its curve begins or ends.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import fmean

from django_countries import countries

from ..reading.page import CampaignPage
from .by_country import OtherCity, by_country, other_cities

# The columns are a hundred high and a hundred apart, whatever the screen makes of it.
FULL, BEND = 100.0, 38.0


@dataclass(frozen=True)
class Row:
    """A country, or one of its cities: with its campaign where it is asked."""

    name: str
    page: CampaignPage | None = None
    is_country: bool = False


@dataclass(frozen=True)
class Line:
    """Two halves of one curve, so that each may have its tone."""

    here_path: str
    there_path: str


@dataclass(frozen=True)
class TwinLines:
    asked: list[Row]
    others: list[Row]
    lines: list[Line]


def twin_lines(pages: Sequence[CampaignPage]) -> TwinLines:
    asked: list[Row] = []
    for country in by_country(pages):
        if country.asked:
            asked.append(Row(country.name, is_country=True))
            asked += [Row(page.asked, page) for page in country.asked]
    starts = {row.page: place for place, row in enumerate(asked) if row.page}
    others: list[Row] = []
    ends: dict[CampaignPage, int] = {}
    for code, cities in groupby(_untangled(pages, starts), key=lambda other: str(other.city.country)):
        others.append(Row(str(countries.name(code)), is_country=True))
        for other in cities:
            ends |= dict.fromkeys(other.pages, len(others))
            others.append(Row(other.name))
    lines = [_line(_height(starts[page], len(asked)), _height(ends[page], len(others))) for page in starts]
    return TwinLines(asked, others, lines)


def _untangled(pages: Sequence[CampaignPage], starts: dict[CampaignPage, int]) -> list[OtherCity]:
    """Country by country, each city as near as can be to those that are asked about it: few curves cross."""
    found = other_cities(pages)
    places = {other.city.pk: fmean(starts[page] for page in other.pages) for other in found}
    of_country: dict[str, list[float]] = {}
    for other in found:
        of_country.setdefault(str(other.city.country), []).append(places[other.city.pk])
    return sorted(
        found,
        key=lambda other: (
            fmean(of_country[str(other.city.country)]),
            str(other.city.country),
            places[other.city.pk],
            other.name,
        ),
    )


def _height(place: int, rows: int) -> float:
    return FULL * (place + 0.5) / rows


def _line(start: float, end: float) -> Line:
    """De Casteljau at one half of an S: two curves that together are the one."""
    top, quarter = (start + end) / 2, (3 * start + end) / 4
    near = BEND / 2
    far = (near + FULL / 2) / 2
    return Line(
        f"M0 {start:.1f}C{near:.1f} {start:.1f} {far:.1f} {quarter:.1f} 50 {top:.1f}",
        f"M50 {top:.1f}C{FULL - far:.1f} {(start + 3 * end) / 4:.1f} {FULL - near:.1f} {end:.1f} 100 {end:.1f}",
    )
