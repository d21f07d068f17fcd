"""Unicode's normal forms, in a time that grows with the text and not with its square."""

import unicodedata
from typing import Literal

import regex

# Sorting the marks of one letter takes the square of their number: 1 MB of them held a server for 30 s. Unicode's own
# stream-safe format (UAX #15, 13) allows 30; no script comes near it.
MARKS_A_LETTER = 30
HEAP_OF_MARKS = regex.compile(rf"(\p{{M}}{{{MARKS_A_LETTER}}})\p{{M}}+")


def normalize(form: Literal["NFC", "NFD", "NFKC", "NFKD"], text: str) -> str:
    """As unicodedata's, but of a heap of marks no more than the first 30 stay."""
    return unicodedata.normalize(form, HEAP_OF_MARKS.sub(r"\1", text))
