"""Text as it is stored and compared. Unicode's normal forms take a time that grows with the text, not its square."""

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from typing import Literal

import regex

# Sorting the marks of one letter takes the square of their number: 1 MB of them held a server for 30 s. No script
# puts more than eight on a letter; heaps of them are put there to run over the lines around.
MARKS_A_LETTER = 8
MARK = r"[\p{M}\p{Default_Ignorable_Code_Point}]"
HEAP_OF_MARKS = regex.compile(rf"({MARK}{{{MARKS_A_LETTER}}}){MARK}+")
# Characters that Unicode's normal forms exchange for others; a person's name keeps its form.
COMPATIBILITY_HAN = regex.compile("([\uf900-\ufaff\U0002f800-\U0002fa1f])")


def normalize(form: Literal["NFC", "NFD", "NFKC", "NFKD"], text: str) -> str:
    """As unicodedata's, but of a heap of marks no more than the first 8 stay."""
    return unicodedata.normalize(form, HEAP_OF_MARKS.sub(r"\1", text))


def composed(text: str) -> str:
    """NFC, in which fonts draw letters best, but for Han characters that it would exchange."""
    parts = COMPATIBILITY_HAN.split(text)
    return "".join(part if place % 2 else normalize("NFC", part) for place, part in enumerate(parts))


def normalized(text: str) -> str:
    """NFC, `\\n`, no spaces at the ends of lines. Bound its length before."""
    lines = composed(text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def digest_of(words: Mapping[str, str]) -> str:
    """Equal for texts that say the same, whatever browser sent them."""
    plain = {name: normalized(text) for name, text in words.items()}
    return hashlib.sha256(json.dumps(plain, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
