"""Organizers' Markdown to safe HTML."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urljoin

import nh3
from babel.dates import get_month_names
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_block import StateBlock, list_block
from markdown_it.rules_inline.state_inline import Scanned, StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType

CJK = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]")
# As Korean and Hungarian dates begin, and days of a month elsewhere.
YEAR_FIRST = re.compile(r"\d{4}\.(?: ?(?:\d{1,2}\.|[^\W\d_])|$)")
NUMBERS_ONLY = re.compile(r"\d{1,2}\. ?\d{1,2}\.(?: |\d|$)")
DAY_FIRST = re.compile(r"\d{1,2}\. (?P<month>[^\W\d_]{3,})")
ORDINAL_DAYS = (
    "bs",
    "cs",
    "da",
    "de",
    "dsb",
    "et",
    "fi",
    "fo",
    "hr",
    "hsb",
    "is",
    "lb",
    "lv",
    "mk",
    "nb",
    "nn",
    "sk",
    "sl",
    "sr",
)
NUMBERED = re.compile(r"(\d{1,9})[.)] ")
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "li": {"value"}}
# A story of 50,000 characters with its placeholders filled.
LONGEST_SOURCE = 60_000
# Each looks for its end through the whole rest of the text: 20,000 took a fifth of a second, the square counts.
MOST_BRACKETS = 5_000
TAGS = {"p", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "em", "strong", "a", "br", "hr", "code", "pre"}


class _CJKState(StateInline):
    """CommonMark finds no end of emphasis in `**「強調」**です`: its rule looks for spaces that these scripts lack."""

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803 - the parent's names
        scanned = super().scanDelims(start, canSplitWord)
        before = self.src[start - 1] if start else " "
        end = start + scanned.length
        after = self.src[end] if end < len(self.src) else " "
        if self.src[start] == "*" and (CJK.match(before) or CJK.match(after)):
            return Scanned(
                scanned.can_open or not after.isspace(),
                scanned.can_close or not before.isspace(),
                scanned.length,
            )
        return scanned


class _CJKParser(ParserInline):
    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        state = _CJKState(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


@lru_cache(maxsize=1)
def _month_names() -> frozenset[str]:
    """Of languages that write a day as an ordinal: `3. Oktober`."""
    months: set[str] = set()
    for tag in ORDINAL_DAYS:
        for width in ("wide", "abbreviated"):
            months.update(name.casefold().rstrip(".") for name in get_month_names(width, locale=tag).values())
    return frozenset(months)


def _begins_with_a_date(line: str) -> bool:
    if YEAR_FIRST.match(line) or NUMBERS_ONLY.match(line):
        return True
    day = DAY_FIRST.match(line)
    return day is not None and day["month"].casefold() in _month_names()


def _counts_on(line: str, following: str) -> bool:
    """Whether a list goes on there: `1. Jan Novák` is a date only where no `2. Eva Malá` comes after it."""
    this, other = NUMBERED.match(line), NUMBERED.match(following)
    if this is None or other is None or _begins_with_a_date(following):
        return False
    return int(other[1]) == int(this[1]) + 1


def _list_but_no_date(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """CommonMark takes `2026. 11. 25.` and `3. Oktober` for lists and renumbers them: facts are lost."""
    line, following = _line_at(state, start), _line_at(state, start + 1) if start + 1 < end else ""
    if _begins_with_a_date(line) and not _counts_on(line, following):
        return False
    return list_block(state, start, end, silent)


def _line_at(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


_markdown = MarkdownIt("commonmark", {"html": False})
_markdown.inline = _CJKParser()
_markdown.block.ruler.at("list", _list_but_no_date, {"alt": ["paragraph", "reference", "blockquote"]})


@dataclass(frozen=True)
class Section:
    """A stretch of a text that begins with a heading, or with the text itself. Heading and text are plain."""

    heading: str
    text: str
    html: SafeString
    # Whether a thematic break (`---`), the first of the text, stands before it.
    follows_break: bool = False


@lru_cache(maxsize=4096)
def to_html(source: str, base: str = "") -> SafeString:
    """HTML from an allow-list. The page has one h1 already, so `#` becomes h2.

    Where the words are read elsewhere than on the site, `base` is the page that relative links lead on from.
    """
    return _rendered(parsed(source, base))


@lru_cache(maxsize=1024)
def to_sections(source: str) -> tuple[Section, ...]:
    """As `to_html`, in stretches that begin with each h2; what stands before the first belongs to the first."""
    stretches: list[list[Token]] = [[]]
    broken_at: int | None = None
    has_heading = False
    for token in parsed(source):
        is_heading = token.type == "heading_open" and token.tag == "h2" and token.level == 0
        is_break = token.type == "hr" and token.level == 0 and broken_at is None
        if (is_heading and has_heading) or is_break:
            if stretches[-1]:
                stretches.append([])
            has_heading = False
        if is_break:
            broken_at = len(stretches) - 1
            continue
        has_heading = has_heading or is_heading
        stretches[-1].append(token)
    return tuple(
        Section(_heading_of(tokens), _text_of(tokens), _rendered(tokens), follows_break=index == broken_at)
        for index, tokens in enumerate(stretches)
        if tokens
    )


def parsed(source: str, base: str = "") -> list[Token]:
    tokens = _markdown.parse(_bounded(source))
    for token in tokens:
        if token.tag == "h1":
            token.tag = "h2"
    _keep_numbers(tokens)
    if base:
        for link in (child for token in tokens for child in token.children or [] if child.type == "link_open"):
            link.attrs["href"] = urljoin(base, str(link.attrs["href"]))
    return tokens


def _keep_numbers(tokens: list[Token]) -> None:
    """An item that leaves the row keeps the number it was given; `1. 1. 1.` counts by itself, as CommonMark does."""
    rows: list[list[int]] = []
    for token in tokens:
        if token.type == "ordered_list_open":
            first = int(token.attrs.get("start", 1))
            rows.append([first, first])
        elif token.type == "ordered_list_close":
            rows.pop()
        elif token.type == "list_item_open" and token.info:
            first, due = rows[-1]
            given = int(token.info)
            if given not in (first, due):
                token.attrs["value"] = due = given
            rows[-1][1] = due + 1


def _rendered(tokens: Sequence[Token]) -> SafeString:
    html = _markdown.renderer.render(tokens, _markdown.options, {})
    return mark_safe(nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, link_rel="noopener nofollow"))


def _text_of(tokens: Iterable[Token]) -> str:
    blocks = ("".join(child.content or " " for child in token.children or ()) for token in tokens)
    return " ".join(" ".join(blocks).split())


def _heading_of(tokens: Sequence[Token]) -> str:
    for place, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag == "h2" and token.level == 0:
            return _text_of(tokens[place + 1 : place + 2])
    return ""


def _bounded(source: str) -> str:
    if len(source) > LONGEST_SOURCE:
        source = source[:LONGEST_SOURCE] + "…"
    return source.replace("[", r"\[") if source.count("[") > MOST_BRACKETS else source
