"""Text as it is stored and compared. Unicode's normal forms take a time that grows with the text, not its square."""

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from typing import Literal

import regex

# Sorting the marks of one letter takes the square of their number: 1 MB of them held a server for 30 s. Unicode's own
# stream-safe format (UAX #15, 13) allows 30; no script comes near it.
MARKS_A_LETTER = 30
HEAP_OF_MARKS = regex.compile(rf"(\p{{M}}{{{MARKS_A_LETTER}}})\p{{M}}+")


def normalize(form: Literal["NFC", "NFD", "NFKC", "NFKD"], text: str) -> str:
    """As unicodedata's, but of a heap of marks no more than the first 30 stay."""
    return unicodedata.normalize(form, HEAP_OF_MARKS.sub(r"\1", text))


def normalized(text: str) -> str:
    """NFC, `\\n`, no spaces at the ends of lines. Bound its length before."""
    lines = normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def digest_of(words: Mapping[str, str]) -> str:
    """Equal for texts that say the same, whatever browser sent them."""
    plain = {name: normalized(text) for name, text in words.items()}
    return hashlib.sha256(json.dumps(plain, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
