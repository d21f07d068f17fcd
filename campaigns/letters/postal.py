"""Postal addresses as posts want them: which way of writing, which line for the country, which paper."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from babel.languages import get_official_languages
from django.conf import settings
from django_countries.data import COUNTRIES

from petitions.languages import direction, locale_of, normalized_tag
from petitions.normal_forms import normalize
from petitions.plain_text import plain_line

# CLDR, supplemental measurementData, paperSize: everybody else writes on A4.
US_LETTER = frozenset(["BZ", "CA", "CL", "CO", "CR", "DO", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"])
# Where the city bears the country's name: at home it is the city that the line names.
CITY_STATES = frozenset(["DJ", "GI", "HK", "KW", "LU", "MC", "MO", "SG", "SM", "VA"])
# Languages in which people name a foreign country, besides ours, its own and the address's.
COMMON_LANGUAGES = ("en", "fr", "es", "de", "pt", "ru", "ar", "ja", "zh-Hans", "zh-Hant")
# Names that neither CLDR nor ISO 3166 has.
ALSO_CALLED = {
    "CN": ("PRC", "PR China", "P.R. China", "People's Republic of China", "中华人民共和国"),
    "CZ": ("Czech Republic",),
    "DE": ("Federal Republic of Germany", "Bundesrepublik Deutschland"),
    "GB": ("UK", "U.K.", "Great Britain", "England", "Scotland", "Wales"),
    "IE": ("Republic of Ireland",),
    "IT": ("Repubblica Italiana", "Italian Republic"),
    "KR": (
        "Corea",
        "Rep. of Korea",
        "Korea, Republic of",
        "Repubblica di Corea",
        "한국",
        "남한",
        "大韓民国",
        "大韓民國",
    ),
    "TW": ("R.O.C.", "Taiwan R.O.C.", "Republic of China", "中華民國"),
    "US": ("USA", "U.S.A.", "U.S.", "US"),
}
ISO_LONG_FORM = re.compile(r"(?P<short>.+) \((the )?(?P<rank>.*\bof)\)")
BETWEEN_NAMES = re.compile(r"[/|,()（）·–—]|\s-\s")


@dataclass(frozen=True)
class Line:
    """A line of text, its language and the direction it is read in."""

    text: str
    language: str
    direction: str


@dataclass(frozen=True)
class PostalAddress:
    """Lines as on the envelope, in the destination's order and script, without the country.

    `country_lines` are empty inside the country, and the last of them is English. The first is in `country_language`.
    """

    lines: tuple[str, ...]
    language: str
    country_lines: tuple[str, ...]
    country_language: str = ""

    @property
    def direction(self) -> str:
        return direction(self.language)

    @property
    def on_envelope(self) -> list[Line]:
        """All lines, each as it is to be set."""
        return [
            *(line_in(self.language, text) for text in self.lines),
            *(line_in(self.country_language, text) for text in self.country_lines[:-1]),
            *(line_in("en", text) for text in self.country_lines[-1:]),
        ]


def line_in(language: str, text: str) -> Line:
    return Line(plain_line(text), language, direction(language))


def postal_address(
    written: Sequence[tuple[str, Sequence[str]]],
    *,
    country: str,
    native_language: str,
    sender_country: str,
    reader_language: str,
) -> PostalAddress | None:
    """The address in the destination's language, for the carrier there; the country's name for posts on the way.

    The Universal Postal Union asks for it as the last line, in capitals and in a language known everywhere (UPU S42;
    "Addressing the world"), and for the sender's post in its own language above.
    """
    tidied = [(tag, [line for line in map(plain_line, lines) if line.strip()]) for tag, lines in written]
    usable = [(normalized_tag(tag), lines) for tag, lines in tidied if lines]
    if not usable:
        return None
    language, lines = next((way for way in usable if _is_same(way[0], native_language)), usable[0])
    at_home = sender_country == country
    names = _names_of(country, (language, native_language, reader_language))
    while len(lines) > 1 and _names_only(lines[-1], names) and not (at_home and country in CITY_STATES):
        lines = lines[:-1]
    if at_home or not country:
        return PostalAddress(tuple(lines), language, ())
    posts_language = _posts_language(sender_country, reader_language)
    english = locale_of("en").territories.get(country, country)
    own = locale_of(posts_language).territories.get(country, english)
    if _folded(own) == _folded(english):
        return PostalAddress(tuple(lines), language, (english.upper(),))
    return PostalAddress(tuple(lines), language, (own, english.upper()), posts_language)


def paper_size(country: str) -> str:
    """`us-letter` where people have that in their printers (CLDR, measurementData), else `a4`."""
    return "us-letter" if country.upper() in US_LETTER else "a4"


def _is_same(tag: str, wanted: str) -> bool:
    """Whether one tag is the other or begins it: `zh` and `zh-Hant`."""
    one, other = f"{normalized_tag(tag)}-", f"{normalized_tag(wanted)}-"
    return len(one) > 1 and len(other) > 1 and (one.startswith(other) or other.startswith(one))


def _posts_language(country: str, reader_language: str) -> str:
    """The language that the post of a country reads: the reader's if it is official there, else the first official."""
    official = get_official_languages(country, de_facto=True) if country else ()
    if not official or any(_is_same(tag, reader_language) for tag in official):
        return normalized_tag(reader_language)
    return normalized_tag(official[0])


def _folded(name: str) -> str:
    return " ".join(normalize("NFKC", name).casefold().strip(" .,;:()").split())


def _names_only(line: str, names: frozenset[str]) -> bool:
    """Whether a line says nothing but the country, perhaps twice: `대한민국 (South Korea)`."""
    parts = [_folded(part) for part in BETWEEN_NAMES.split(line)]
    return _folded(line) in names or all(part in names for part in parts if part)


def _names_of(country: str, languages: Iterable[str]) -> frozenset[str]:
    ours = [code for code, _ in settings.LANGUAGES]
    theirs = get_official_languages(country, de_facto=True) if country else ()
    tags = {normalized_tag(tag) for tag in (*languages, *ours, *theirs, *COMMON_LANGUAGES) if tag}
    return _names_in(country, frozenset(tags))


@lru_cache(maxsize=512)
def _names_in(country: str, languages: frozenset[str]) -> frozenset[str]:
    """Every name of a country that may end an address: CLDR's, those of ISO 3166 and a few more."""
    names = {locale_of(tag).territories.get(country, "") for tag in languages}
    iso = str(COUNTRIES.get(country, "")).removesuffix(" (the)")
    names.update([iso, *ALSO_CALLED.get(country, ())])
    if long_form := ISO_LONG_FORM.fullmatch(iso):
        names.update([long_form["short"], f"{long_form['rank']} {long_form['short']}"])
    return frozenset(_folded(name) for name in names) - {""}
