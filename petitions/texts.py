"""Text as it is stored and compared: composed letters, one kind of line end, nothing behind the last word of a line."""

import hashlib
import json
from collections.abc import Mapping

from .normal_forms import normalize


def normalized(text: str) -> str:
    """NFC, `\\n`, no spaces at the ends of lines. Bound its length before."""
    lines = normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def digest_of(words: Mapping[str, str]) -> str:
    """Equal for texts that say the same, whatever browser sent them."""
    plain = {name: normalized(text) for name, text in words.items()}
    return hashlib.sha256(json.dumps(plain, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
