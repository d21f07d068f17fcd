"""Which characters our fonts can draw, told from a list beside them: typst leaves a box and says nothing."""

import json
from functools import lru_cache

import regex

from . import FONTS

# What readers see as one character. A font draws all of it or the next font is asked.
CLUSTER = regex.compile(r"\X")
# Joiners and the like: they have no glyph.
WITHOUT_GLYPH = regex.compile(r"\p{Default_Ignorable_Code_Point}")


@lru_cache(maxsize=1)
def fonts() -> tuple[frozenset[int], ...]:
    """The characters of each family: those that its regular and its bold font both have."""
    listed: dict[str, list[list[int]]] = json.loads((FONTS / "coverage.json").read_text(encoding="ascii"))
    families: dict[str, frozenset[int]] = {}
    for name, ranges in listed.items():
        found = frozenset(codepoint for first, last in ranges for codepoint in range(first, last + 1))
        family = name.partition("-")[0]
        families[family] = families.get(family, found) & found
    return tuple(families.values())


@lru_cache(maxsize=1)
def _anywhere() -> frozenset[str]:
    """What at least one font draws."""
    return frozenset(map(chr, frozenset().union(*fonts())))


def _missing_in(cluster: str) -> set[str]:
    """What the font lacks that draws the letter and most of the marks on it."""
    characters = [character for character in cluster if not WITHOUT_GLYPH.match(character)]
    lacks: list[list[str]] = [[each for each in characters if ord(each) not in family] for family in fonts()]
    least = min(lacks, key=lambda lack: (characters[:1] == lack[:1], len(lack)))
    return set(least)


def missing_glyphs(text: str) -> set[str]:
    """The characters of a text that no font of ours can draw, alone or together with the marks above them.

    The text is composed already: of decomposed letters there is no glyph.
    """
    if nowhere := {each for each in set(text) - _anywhere() if not WITHOUT_GLYPH.match(each)}:
        # Told at once: finding clusters in thousands of flags takes seconds.
        return nowhere
    return set().union(*(_missing_in(cluster) for cluster in set(CLUSTER.findall(text))))
