"""Which characters of a letter our fonts can draw."""

from petitions.plain_text import plain_line

from ...typesetting import coverage


def missing_glyphs(text: str) -> set[str]:
    """The characters that would be boxes on paper."""
    return coverage.missing_glyphs(plain_line(text))
