"""Organizers' Markdown to safe HTML."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

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
YEAR_FIRST = re.compile(r"\d{4}\. ?(?:\d{1,2}\.|[^\W\d_])")
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
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
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
    if YEAR_FIRST.match(line):
        return True
    day = DAY_FIRST.match(line)
    return day is not None and day["month"].casefold() in _month_names()


def _list_but_no_date(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """CommonMark takes `2026. 11. 25.` and `3. Oktober` for lists and renumbers them: facts are lost."""
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    return not _begins_with_a_date(line) and list_block(state, start, end, silent)


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
def to_html(source: str) -> SafeString:
    """HTML from an allow-list. The page has one h1 already, so `#` becomes h2."""
    return _rendered(_parsed(source))


@lru_cache(maxsize=1024)
def to_sections(source: str) -> tuple[Section, ...]:
    """As `to_html`, in stretches that begin with each h2; what stands before the first belongs to the first."""
    stretches: list[list[Token]] = [[]]
    broken_at: int | None = None
    has_heading = False
    for token in _parsed(source):
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


def _parsed(source: str) -> list[Token]:
    tokens = _markdown.parse(_bounded(source))
    for token in tokens:
        if token.tag == "h1":
            token.tag = "h2"
    return tokens


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
