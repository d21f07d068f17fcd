"""Which city somebody means who writes `20121 Milano (MI)`: the key of a spelling, and the rule that reads it.

The rule says yes only where it is sure. What it leaves, staff may adopt (`spellings.adopt`).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from babel.languages import get_official_languages
from django.conf import settings

from .languages import locale_of
from .normal_forms import normalize

LONGEST_KEY = 100
COMBINING_LATIN = re.compile(r"[\u0300-\u036f]")
# A dash parts only between spaces: `Wilkes-Barre` is one name.
PARTING = re.compile(r"(\s[-\u2010-\u2015\u2212~]+\s|[,(\u3001/;|\u00b7])")
POSTCODE = re.compile(r"^(?:[a-z]{1,2} )?\d{3,}\b|\b\d{3,}\b")
KEY_PARTS = re.compile(r"(, | - )")

# Towns there share their names and are told apart by what stands beside: an unknown word makes it another one.
NAMESAKES = frozenset(["AR", "AU", "BR", "CA", "CO", "DE", "GB", "IE", "MX", "NZ", "PH", "US", "ZA"])
# A part as short as this is a province's code.
SHORTEST_DISTRICT = 4
BEFORE_CITY = ("city of", "comune di", "citta di", "municipality of", "stadt", "ville de", "ciudad de", "municipio de")
AFTER_CITY = {
    "IT": ("citta", "centro"),
    "KR": ("si", "city", "gwangyeoksi", "gwangyeok si", "metropolitan city", "teukbyeolsi", "special city"),
}
# Names that CLDR has not, by which people call their country beside a city.
ALSO_CALLED = {
    "GB": ("uk", "u k", "great britain", "england", "scotland", "wales"),
    "IT": ("italian republic", "repubblica italiana"),
    "KR": ("korea", "corea", "s korea", "rok", "republic of korea", "한국", "남한", "韓国", "韩国"),
    "US": ("usa", "u s a", "u s", "america", "united states of america"),
}
COMMON_LANGUAGES = ("en", "de", "es", "fr", "ja", "zh-Hans")

# Korean cities of a province's rank: whatever stands in a province and is called so is another place.
METROPOLITAN = frozenset(["서울", "부산", "대구", "인천", "광주", "대전", "울산", "세종"])
# Without its rank this names the city in Gyeonggi.
CITY_OF_ANOTHER_RANK = frozenset(["광주시"])
PROVINCE = r"(?:경기|강원|충북|충남|충청[남북]|전북|전남|전라[남북]|경북|경남|경상[남북]|제주)(?:특별자치)?도?"
PROVINCE_IN_LATIN = re.compile(
    r"(?:gyeonggi|gangwon|(?:chungcheong|jeolla|gyeongsang)(?:buk|nam)|jeonbuk|jeju)(?: do)?"
)
RANK = "(?: ?(?:특별자치시|특별시|광역시|직할시|특례시|시|市))?"
DISTRICTS = r"(?: ?[가-힣]{1,4}[구군])?(?: [가-힣0-9]{1,8}(?:읍|면|동|리|가))*"
ONLY_DISTRICTS = re.compile(r"[가-힣]{1,4}[구군](?: [가-힣0-9]{1,8}(?:읍|면|동|리|가))*|(?:\w+ (?:gu|gun|dong) ?)+")
DISTRICT_IN_LATIN = re.compile(r"\w+ (?:gu|gun|dong)")


def city_key(city: str) -> str:
    """What a signature keeps of a city's spelling: `20121 MILANO (MI)` becomes `milano, mi`.

    Accents fall from Latin and Greek letters only; in other scripts a mark is part of the letter. Postcodes fall, and
    so does what bears a number beside the city: streets are nobody's business here.
    """
    pieces = PARTING.split(normalize("NFKC", city).casefold())
    key = ""
    for parting, piece in zip(["", *pieces[1::2]], pieces[::2], strict=True):
        part = _folded(piece)
        if not key:
            key = " ".join(POSTCODE.sub(" ", part).split())
        elif part and not any(character.isdigit() for character in part):
            key += (" - " if parting.isspace() or parting[0].isspace() else ", ") + part
        if len(key) > LONGEST_KEY:
            break
    return key[:LONGEST_KEY].rstrip(" ,-")


def _folded(text: str) -> str:
    bare = normalize("NFC", COMBINING_LATIN.sub("", normalize("NFD", text)))
    return " ".join(re.sub(r"[^\w]+", " ", bare).split())


@dataclass(frozen=True)
class KnownPlace:
    """A city that petitions count by, as the rule knows it: keys of its names, and what may stand beside them."""

    pk: int
    country: str
    names: frozenset[str]
    beside: frozenset[str] = frozenset()

    @property
    def is_metropolitan(self) -> bool:
        return not self.names.isdisjoint(METROPOLITAN)


class KnownPlaces:
    """All places, against which spellings are read."""

    def __init__(self, places: Iterable[KnownPlace]) -> None:
        self.in_country: dict[str, list[KnownPlace]] = {}
        for place in places:
            self.in_country.setdefault(place.country, []).append(place)
        self.names = frozenset(name for there in self.in_country.values() for place in there for name in place.names)

    def meant(self, country: str, key: str) -> int | None:
        """The one place that signers from `country` mean by `key`; None where none or several come into question."""
        there = (place for place in self.in_country.get(country, ()) if any(name in key for name in place.names))
        meant = [place.pk for place in there if _means(key, place, self.names)]
        return meant[0] if len(meant) == 1 else None


def _means(key: str, place: KnownPlace, all_names: frozenset[str]) -> bool:
    """The city stands first, or after its own district, region or country; what follows must not contradict it."""
    pieces = KEY_PARTS.split(key)
    is_found = False
    for parting, part in zip(["", *pieces[1::2]], pieces[::2], strict=True):
        if _is_city(part, place):
            is_found = True
        elif _belongs_to(part, place):
            continue
        elif not (is_found and parting == " - " and _is_district(part, place, all_names)):
            return False
    return is_found


def _belongs_to(part: str, place: KnownPlace) -> bool:
    """Whether a part names nothing but the place's own country, region or, in Korea, district."""
    if _consists_of(part, country_words(place.country) | place.beside):
        return True
    if place.country != "KR":
        return False
    is_province = re.fullmatch(PROVINCE, part) or PROVINCE_IN_LATIN.fullmatch(part)
    return bool(ONLY_DISTRICTS.fullmatch(part) or (is_province and not place.is_metropolitan))


def _consists_of(part: str, known: frozenset[str]) -> bool:
    """`mi italia` of `mi` and `italia`."""
    words = part.split()
    ends = [0]
    for end in range(1, len(words) + 1):
        if any(" ".join(words[begin:end]) in known for begin in ends):
            ends.append(end)
    return bool(words) and ends[-1] == len(words)


def _is_district(part: str, place: KnownPlace, all_names: frozenset[str]) -> bool:
    """`Milano - Lambrate`: whatever is no other city, country or province's code."""
    if place.country in NAMESAKES or len(part) < SHORTEST_DISTRICT:
        return False
    return part not in all_names and part not in _words_of_all_countries()


def _is_city(part: str, place: KnownPlace) -> bool:
    """Whether a part is one of the place's names, once its own country, region and titles are taken from it."""
    waiting, seen = [part], {part}
    while waiting:
        words = waiting.pop()
        if words in place.names or _is_city_in_hangul(words, place):
            return True
        for shorter in _shortened(words, place):
            if shorter not in seen:
                seen.add(shorter)
                waiting.append(shorter)
    return False


def _shortened(words: str, place: KnownPlace) -> Iterator[str]:
    country = country_words(place.country)
    for before in (*country, *BEFORE_CITY):
        if words.startswith(f"{before} "):
            yield words[len(before) + 1 :]
    for after in (*country, *place.beside, *AFTER_CITY.get(place.country, ())):
        if words.endswith(f" {after}"):
            yield words[: -len(after) - 1]
    if place.country == "KR":
        single = words.split()
        if DISTRICT_IN_LATIN.fullmatch(" ".join(single[-2:])):
            yield " ".join(single[:-2])
        if DISTRICT_IN_LATIN.fullmatch(" ".join(single[:2])):
            yield " ".join(single[2:])


def _is_city_in_hangul(words: str, place: KnownPlace) -> bool:
    if words.replace(" ", "") in CITY_OF_ANOTHER_RANK:
        return False
    names = "|".join(re.escape(name) for name in place.names if not name.isascii())
    if not names:
        return False
    if place.country != "KR":
        return bool(re.fullmatch(f"(?:{names})(?:시|市)", words))
    province = "" if place.is_metropolitan else f"(?:{PROVINCE} ?)?"
    return bool(re.fullmatch(f"{province}(?:{names}){RANK}{DISTRICTS}", words))


@lru_cache(maxsize=512)
def country_words(country: str) -> frozenset[str]:
    """Every name by which signers call a country beside a city, and its code."""
    ours = [code for code, _name in settings.LANGUAGES]
    tags = {*ours, *COMMON_LANGUAGES, *get_official_languages(country, de_facto=True)}
    names = (locale_of(tag).territories.get(country, "") for tag in tags)
    return _keys([*names, country, *ALSO_CALLED.get(country, ())])


@lru_cache(maxsize=1)
def _words_of_all_countries() -> frozenset[str]:
    tags = {*(code for code, _name in settings.LANGUAGES), *COMMON_LANGUAGES}
    return _keys(name for tag in tags for code, name in locale_of(tag).territories.items() if len(code) == 2)


def _keys(names: Iterable[str]) -> frozenset[str]:
    return frozenset(_folded(normalize("NFKC", name).casefold()) for name in names) - {""}
