"""A story in sections: pictures stand where it speaks of them, and its second half is folded."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from django.utils.safestring import SafeString

from petitions.markdown import Section, to_sections

# Without a line of the organizer's own a story is folded after this many sections, if so much more follows.
OPEN_SECTIONS = 2
WORTH_FOLDING = 1000
# Silent reading, rounded down: Brysbaert 2019 has 238 words of English, Korean and Chinese readers about 500 signs.
WORDS_A_MINUTE = 200
SIGNS_A_MINUTE = 500
SIGNS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True)
class Part:
    """One section and the pictures after it."""

    html: SafeString
    pictures: list[Any]


@dataclass(frozen=True)
class Story:
    shown: list[Part] = field(default_factory=list)
    folded: list[Part] = field(default_factory=list)
    folded_headings: list[str] = field(default_factory=list)
    folded_minutes: int = 0


def told(source: str, pictures: Sequence[Any], hard_to_look_at: Sequence[Any]) -> Story:
    """The n-th picture follows the n-th section; those left over, and what is hard to look at, stand at the end."""
    sections = to_sections(source)
    after: list[list[Any]] = [[] for _section in sections] or [[]]
    for index, picture in enumerate(pictures):
        after[min(index, len(after) - 1)].append(picture)
    after[-1].extend(hard_to_look_at)
    parts = [
        Part(section.html if section else SafeString(), shown)
        for section, shown in zip_longest(sections, after)
        if section or shown
    ]
    fold = _fold(sections)
    rest = sections[fold:]
    return Story(
        shown=parts[:fold],
        folded=parts[fold:] if rest else [],
        folded_headings=[section.heading for section in rest if section.heading],
        folded_minutes=minutes_to_read(" ".join(section.text for section in rest)) if rest else 0,
    )


def _fold(sections: Sequence[Section]) -> int:
    """How many sections are open: up to the organizer's line, else those of a usual length."""
    for index, section in enumerate(sections):
        if index and section.follows_break:
            return index
    rest = sum(len(section.text) for section in sections[OPEN_SECTIONS:])
    return OPEN_SECTIONS if rest >= WORTH_FOLDING else max(1, len(sections))


def minutes_to_read(text: str) -> int:
    signs = len(SIGNS.findall(text))
    words = len(SIGNS.sub(" ", text).split())
    return max(1, round(signs / SIGNS_A_MINUTE + words / WORDS_A_MINUTE))
