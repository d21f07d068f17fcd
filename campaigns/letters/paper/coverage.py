"""Which characters of a letter our fonts can draw."""

from ...typesetting import coverage
from ..postal import plain_line


def missing_glyphs(text: str) -> set[str]:
    """The characters that would be boxes on paper."""
    return coverage.missing_glyphs(plain_line(text))
