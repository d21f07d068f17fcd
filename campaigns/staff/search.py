"""What organizers type to find a target, a campaign or a city: every word must be in one of the places looked at.

Each place is a subquery of its own: joining offices, contacts and names of a city to one row would multiply them.
"""

import unicodedata
from collections.abc import Callable
from functools import reduce
from operator import and_
from typing import Any

from django.db.models import CharField, F, Func, Q, QuerySet, Value
from django.db.models.functions import Lower
from django.db.models.lookups import Contains

from petitions.normal_forms import normalize
from petitions.places import COMBINING_LATIN

from ..models import CampaignTarget, City, CityName, Contact, Target, TargetText
from ..rules.contacts import NUMBERS

LONGEST_TERM, MOST_WORDS = 500, 10
# Fewer digits are a house number or a year.
FEWEST_DIGITS = 5
# The trunk zero of `+49 (0)761` is dialled inside the country only.
NO_DIGITS = r"\(0\)|\D"


def found(rows: QuerySet, term: str, places: Callable[[str], Q]) -> QuerySet:
    words = _folded(term[:LONGEST_TERM]).split()[:MOST_WORDS]
    return rows.filter(reduce(and_, map(places, words), Q()))


def found_targets(rows: QuerySet, term: str) -> QuerySet:
    if digits := _telephone(term[:LONGEST_TERM]):
        by_words = found(Target.objects.all(), term, places_of_target)
        return rows.filter(Q(pk__in=_called(digits)) | Q(pk__in=by_words.values("pk")))
    return found(rows, term, places_of_target)


def places_of_target(word: str) -> Q:
    contacts = Contact.objects.filter(_says("value", word)).values("target")
    return _is_target(word) | Q(pk__in=contacts) | Q(city__in=_cities(word))


def places_of_campaign(word: str) -> Q:
    asked = CampaignTarget.objects.filter(target__in=Target.objects.filter(_is_target(word))).values("campaign")
    cities = _cities(word)
    return _says("slug", word) | Q(asked_city__in=cities) | Q(other_city__in=cities) | Q(pk__in=asked)


def places_of_city(word: str) -> Q:
    names = CityName.objects.filter(_says("name", word) | _says("also_written", word)).values("city")
    return _says("slug", word) | _says("native_name", word) | Q(pk__in=names)


def _is_target(word: str) -> Q:
    """A person by either name, or an office."""
    offices = TargetText.objects.filter(_says("office", word)).values("target")
    return _says("name", word) | _says("native_name", word) | Q(pk__in=offices)


def _cities(word: str) -> QuerySet:
    return City.objects.filter(places_of_city(word)).values("pk")


def _says(field: str, word: str) -> Q:
    plain = Func(F(field), template="normalize(%(expressions)s, NFKD)", output_field=CharField())
    bare = _replaced(plain, COMBINING_LATIN.pattern)
    return Q(Contains(Lower(bare), Value(word)))


def _folded(text: str) -> str:
    """As `_says` has the database fold: without accents, wide letters as narrow ones, small ones for capitals."""
    return COMBINING_LATIN.sub("", normalize("NFKD", text)).lower()


def _called(digits: str) -> QuerySet:
    numbers = Contact.objects.filter(kind__in=NUMBERS)
    return numbers.filter(Contains(_replaced(F("value"), NO_DIGITS), Value(digits))).values("target")


def _replaced(expression: Any, pattern: str) -> Func:
    return Func(expression, Value(pattern), Value(""), Value("g"), function="regexp_replace", output_field=CharField())


def _telephone(term: str) -> str:
    """The digits that are dialled from everywhere, in whichever script; nothing where this is no number."""
    term = normalize("NFKC", term).replace("(0)", "")
    if any(character.isalpha() for character in term):
        return ""
    digits = "".join(str(unicodedata.digit(character, "")) for character in term).lstrip("0")
    return digits if len(digits) >= FEWEST_DIGITS else ""
