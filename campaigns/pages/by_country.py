"""The pairs in words, country by country, from either side."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django_countries import countries

from petitions.places import city_key

from ..models import City
from ..reading.page import CampaignPage


@dataclass(frozen=True)
class OtherCity:
    """A city where it happens, with those who are asked to speak to it."""

    city: City
    name: str
    pages: list[CampaignPage]

    @property
    def askers(self) -> list[str]:
        return list(dict.fromkeys(page.asked for page in self.pages))

    @property
    def only_page(self) -> CampaignPage | None:
        return self.pages[0] if len(self.pages) == 1 else None


@dataclass(frozen=True)
class Country:
    code: str
    name: str
    asked: list[CampaignPage] = field(default_factory=list)
    others: list[OtherCity] = field(default_factory=list)

    @property
    def number(self) -> int:
        return len(self.asked) + len(self.others)


def by_country(pages: Sequence[CampaignPage]) -> list[Country]:
    """Both sides of every pair, countries and cities in the order of their names."""
    asked = _grouped(_by_name(pages, lambda page: page.asked), lambda page: page.campaign.asked_city)
    others = _grouped(_by_name(other_cities(pages), lambda other: other.name), lambda other: other.city)
    found = [
        Country(code, str(countries.name(code)), asked.get(code, []), others.get(code, [])) for code in asked | others
    ]
    return _by_name(found, lambda country: country.name)


def other_cities(pages: Iterable[CampaignPage]) -> list[OtherCity]:
    found: dict[int, OtherCity] = {}
    for page in pages:
        city = page.campaign.other_city
        found.setdefault(city.pk, OtherCity(city, page.other, [])).pages.append(page)
    return list(found.values())


def _by_name(rows: Iterable[Any], name: Callable[[Any], str]) -> list[Any]:
    return sorted(rows, key=lambda row: (city_key(name(row)), name(row)))


def _grouped(rows: Iterable[Any], city: Callable[[Any], City]) -> dict[str, list[Any]]:
    groups: dict[str, list[Any]] = {}
    for row in rows:
        groups.setdefault(str(city(row).country), []).append(row)
    return groups
