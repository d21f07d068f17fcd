"""All campaigns: page by page, by country, by letter, or those of one city in any spelling."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django_countries import countries

from petitions.keyset import KeyPage, older
from petitions.languages import reader_language
from petitions.models import Spelling
from petitions.page_cache import FreeText, one_of, public_page, row_key_or_404
from petitions.places import city_key

from ..models import Campaign, City, CityName
from ..reading.page import pages
from .initials import initial_of

CAMPAIGNS_A_PAGE = 24
LONGEST_CITY = 100


@require_safe
@public_page(
    city=FreeText(LONGEST_CITY),
    country=one_of(countries),
    letter=lambda text: initial_of(text[:1]),
    before=row_key_or_404,
)
def campaigns(request: HttpRequest) -> HttpResponse:
    chosen = request.GET.dict()
    before = chosen.pop("before", None)
    rows: QuerySet[Campaign] = Campaign.objects.visible()
    context: dict[str, Any] = {"asked": chosen.get("city", "")}
    if "city" in chosen:
        rows = _of(rows, _cities_called(chosen["city"]))
    else:
        context["index"] = index = Index(reader_language(), chosen.get("country", ""), chosen.get("letter", ""))
        rows = _of(rows, index.chosen_cities) if index.is_narrowed else rows
    shown = pages(older(rows, before, CAMPAIGNS_A_PAGE, by="published_at"), reader_language())
    page = KeyPage.of([each.campaign for each in shown], before, CAMPAIGNS_A_PAGE)
    context |= {
        "page": page,
        "pages": shown[:CAMPAIGNS_A_PAGE],
        "newest": f"?{urlencode(chosen)}",
        "earlier": f"?{urlencode(chosen | {'before': page.next_before})}",
    }
    return render(request, "campaigns/pages/campaigns.html", context)


def _of(rows: QuerySet[Campaign], cities: QuerySet[City] | list[int]) -> QuerySet[Campaign]:
    return rows.filter(Q(asked_city__in=cities) | Q(other_city__in=cities))


def _cities_called(name: str) -> QuerySet[City]:
    """Cities one of whose names begins with `name`; what is said beside it counts nothing."""
    wanted = city_key(name).partition(", ")[0].partition(" - ")[0]
    if not wanted:
        return City.objects.none()
    names = Spelling.objects.filter(key__startswith=wanted).exclude(source=Spelling.Source.RULE)
    return City.objects.filter(place__in=names.values("place")).order_by()


@dataclass(frozen=True)
class Entry:
    """A country or a letter, and how many campaigns stand under it."""

    name: str
    count: int
    query: str
    is_chosen: bool


@dataclass(frozen=True)
class Listed:
    """A city of a visible campaign, as the reader calls it."""

    pk: int
    country: str
    initial: str


class Index:
    """Which countries and letters there are. Raises Http404 where the chosen one is none of them."""

    def __init__(self, language: str, country: str, letter: str) -> None:
        self.language, self.country, self.letter = language, country, letter
        if self.is_narrowed and not self.chosen_cities:
            raise Http404("no campaign there")

    @property
    def is_narrowed(self) -> bool:
        return bool(self.country or self.letter)

    @cached_property
    def pairs(self) -> list[tuple[int, int]]:
        return list(Campaign.objects.visible().order_by().values_list("asked_city_id", "other_city_id"))

    @cached_property
    def cities(self) -> dict[int, Listed]:
        names = CityName.objects.filter(city=OuterRef("pk")).by_preference(self.language, Value("en"))
        rows = City.objects.filter(pk__in={city for pair in self.pairs for city in pair}).order_by()
        called = rows.annotate(called=Coalesce(Subquery(names.values("name")[:1]), "native_name"))
        return {
            pk: Listed(pk, str(country), initial_of(name))
            for pk, country, name in called.values_list("pk", "country", "called")
        }

    @cached_property
    def chosen_cities(self) -> list[int]:
        return [
            city.pk
            for city in self.cities.values()
            if self.country in ("", city.country) and self.letter in ("", city.initial)
        ]

    @property
    def countries(self) -> list[Entry]:
        counts = self._counts("country")
        named = sorted((str(countries.name(code)), code) for code in counts)
        return [self._entry(name, counts[code], "country", code) for name, code in named]

    @property
    def letters(self) -> list[Entry]:
        counts = self._counts("initial")
        return [self._entry(letter, counts[letter], "letter", letter) for letter in sorted(counts) if letter]

    def _counts(self, field: str) -> Counter[str]:
        """Campaigns, not cities: a pair within one country is one."""
        found = ({getattr(self.cities[city], field) for city in pair if city in self.cities} for pair in self.pairs)
        return Counter(key for keys in found for key in keys)

    def _entry(self, name: str, count: int, parameter: str, value: str) -> Entry:
        return Entry(name, count, f"?{urlencode({parameter: value})}", getattr(self, parameter) == value)

    @property
    def country_name(self) -> str:
        return str(countries.name(self.country)) if self.country else ""
