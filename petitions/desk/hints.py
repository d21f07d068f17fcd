"""What strikes the eye in a comment. Hints, not verdicts: each says in a few words what it saw, and where."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import phonenumbers
import regex
from django.core.cache import cache
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from ..models import WatchedWord
from ..models.desk import WORDS_AT_MOST
from ..normal_forms import normalize
from ..web_addresses import holds_address

LONGEST = 2000
WORDS_CACHE_KEY, WORDS_CACHE_SECONDS = "petitions.watched-words", 60

E_MAIL = regex.compile(r"[^\s@<>()\[\],;:]{1,64}@[^\s@<>()\[\],;:]{1,253}\.\p{L}{2,24}")
WEB = regex.compile(r"(?:https?://|www\d?\.)\S{1,2000}", regex.IGNORECASE)
TOKEN = regex.compile(r"\S{4,300}")
# A street with its number, before or after, in the languages that name streets so; in Korean also the old lots.
STREET = regex.compile(
    r"\b(?:via|viale|piazza|corso|vicolo|largo|rue|avenue|boulevard|place|calle|avenida|plaza|rua|ul\.|ulica|улица|ул\.)"
    r"\s{1,3}[\p{L}\p{M}.'’ -]{2,40}?,?\s{0,3}\d{1,4}\b"
    r"|\b\d{1,5}\s{1,3}(?:[\p{L}\p{M}.'’]{1,20}\s{1,3}){1,3}(?:street|st\.|road|rd\.|avenue|ave\.|lane|drive)(?!\p{L})"
    r"|\b[\p{L}\p{M}-]{2,30}(?:straße|strasse|str\.|gasse|weg|platz)\s{1,3}\d{1,4}\b"
    r"|[\p{Hangul}\d]{1,12}(?:로|길)\s{0,2}\d{1,4}(?:번길)?(?:\s?\d{1,4})?(?!\p{Hangul}{2})"
    r"|[\p{Hangul}]{1,8}동\s{0,2}\d{1,4}-\d{1,4}",
    regex.IGNORECASE,
)
LETTER = regex.compile(r"[\p{Lu}\p{Ll}]")
# An abbreviation or two is no shouting.
SHOUTED_FROM, SHOUTED_SHARE = 12, 0.7
MANY_SIGNS = regex.compile(r"[!?]{4,}|！{4,}")

Span = tuple[int, int]


@dataclass(frozen=True)
class Hint:
    what: str
    why: str
    spans: Sequence[Span] = field(default=())
    # Somebody who did not write this could be found by it.
    is_personal: bool = False


def hints_in(text: str, language: str = "") -> list[Hint]:
    """What the words themselves show."""
    text = text[:LONGEST]
    found = [_addresses(text), _telephones(text), _streets(text), _links(text), *_watched(text, language), _shout(text)]
    return [hint for hint in found if hint is not None]


def hints_about(*, is_disposable: bool, is_first: bool, rejected: int) -> list[Hint]:
    """What is known of the author, without saying who it is."""
    found = []
    if rejected:
        found.append(Hint(gettext("rejected before"), gettext("Words of this author were rejected or marked as spam.")))
    if is_first:
        found.append(Hint(gettext("first comment"), gettext("Nothing else was written from this address.")))
    if is_disposable:
        found.append(Hint(gettext("disposable address"), gettext("A mailbox that is made for an hour.")))
    return found


def holds_personal_data(text: str) -> bool:
    return any(hint.is_personal for hint in hints_in(text))


def _addresses(text: str) -> Hint | None:
    spans = _spans(E_MAIL, text)
    why = gettext("Is it somebody’s own? Nobody’s private address belongs here.")
    return Hint(gettext("e-mail address"), why, spans, is_personal=True) if spans else None


def _telephones(text: str) -> Hint | None:
    """By the rules of any country where a number begins with +, else of the two that we write about most."""
    matches = [match for country in ("KR", "IT") for match in phonenumbers.PhoneNumberMatcher(text, country)]
    spans = sorted({(match.start, match.end) for match in matches})
    why = gettext("Is it somebody’s own? Offices’ numbers are fine.")
    return Hint(gettext("telephone number"), why, spans, is_personal=True) if spans else None


def _streets(text: str) -> Hint | None:
    spans = _spans(STREET, text)
    why = gettext("It looks like where somebody lives. Offices and markets are fine.")
    return Hint(gettext("postal address"), why, spans, is_personal=True) if spans else None


def _links(text: str) -> Hint | None:
    spans = _spans(WEB, text)
    covered = [*spans, *_spans(E_MAIL, text)]
    for match in TOKEN.finditer(text):
        is_new = not any(start < match.end() and match.start() < end for start, end in covered)
        if is_new and "." in match[0] and "@" not in match[0] and holds_address(match[0]):
            spans.append(match.span())
    return Hint(gettext("link"), gettext("Where does it lead?"), spans) if spans else None


def _shout(text: str) -> Hint | None:
    letters = LETTER.findall(text)
    capitals = sum(letter.isupper() for letter in letters)
    if len(letters) >= SHOUTED_FROM and capitals >= SHOUTED_SHARE * len(letters):
        return Hint(gettext("capitals"), gettext("Most of it is written in capitals."))
    spans = _spans(MANY_SIGNS, text)
    return Hint(gettext("many signs"), gettext("Exclamation or question marks in a row."), spans) if spans else None


def _watched(text: str, language: str) -> Iterable[Hint]:
    """Literally, with the ends of words where the script parts words: of Chinese or Thai it does not."""
    folded, places = _folded(text)
    for words, tag, why in watched_words():
        if tag and language and tag.split("-")[0] != language.split("-")[0]:
            continue
        spans: list[Span] = []
        at = folded.find(words)
        while at >= 0 and len(spans) < 20:
            end = at + len(words)
            if _is_end(folded, at - 1, words[0]) and _is_end(folded, end, words[-1]):
                spans.append((places[at][0], places[end - 1][1]))
            at = folded.find(words, at + 1)
        if spans:
            yield Hint(gettext("watched word"), why or gettext("It is on the list of words."), spans)


UNPARTED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")
CLUSTER = regex.compile(r"\X")
IN_WORD = regex.compile(r"[\p{L}\p{M}\p{N}_]")


def _is_end(folded: str, at: int, beside: str) -> bool:
    if not 0 <= at < len(folded) or UNPARTED.match(beside) or UNPARTED.match(folded[at]):
        return True
    return not (IN_WORD.match(folded[at]) and IN_WORD.match(beside))


def _folded(text: str) -> tuple[str, list[Span]]:
    """As it is compared, and where each of its characters came from."""
    parts: list[str] = []
    places: list[Span] = []
    for cluster in CLUSTER.finditer(text):
        part = fold(cluster[0])
        parts.append(part)
        places += [cluster.span()] * len(part)
    return "".join(parts), places


def fold(text: str) -> str:
    return normalize("NFKC", normalize("NFKC", text).casefold())


def watched_words() -> list[tuple[str, str, str]]:
    words: list[tuple[str, str, str]] | None = cache.get(WORDS_CACHE_KEY)
    if words is None:
        rows = WatchedWord.objects.values_list("words", "language", "why")[:WORDS_AT_MOST]
        words = [(fold(row), language, why) for row, language, why in rows]
        cache.set(WORDS_CACHE_KEY, words, WORDS_CACHE_SECONDS)
    return words


def forget_watched_words() -> None:
    cache.delete(WORDS_CACHE_KEY)


def marked(text: str, hints: Iterable[Hint]) -> SafeString:
    """The text with what the hints saw between <mark>; every part of it is escaped."""
    spans = sorted({span for hint in hints for span in hint.spans})
    parts: list[str] = []
    at = 0
    for start, end in spans:
        if end <= at:
            continue
        start = max(start, at)
        parts += [escape(text[at:start]), format_html("<mark>{}</mark>", text[start:end])]
        at = end
    parts.append(escape(text[at:]))
    return mark_safe("".join(parts))


def _spans(pattern: regex.Pattern[str], text: str) -> list[Span]:
    return [match.span() for match in pattern.finditer(text, timeout=1)][:50]
