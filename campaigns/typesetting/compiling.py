"""Setting words with typst. Without typst this module imports, and only `is_available` may be asked.

What people typed reaches typst as JSON data alone and is never part of a source that it reads.
"""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import regex

from petitions.languages import normalized_tag

from . import FOLDER, FONTS

# Typst chooses a country's Han glyphs by language and region. Hong Kong's own are not in our fonts.
HAN_REGIONS = {"TW": "TW", "HK": "TW", "MO": "TW", "Hant": "TW"}
# No word is as long, but an address on the web may be: it may be broken anywhere (zero-width space) lest it leave the
# sheet. After a slash, a hyphen or a question mark, and in scripts without spaces, lines are broken anyway.
LETTER = regex.compile(r"\P{M}[\p{M}\u200c\u200d]*|\p{M}+")
LONG_WORD = regex.compile(r"[^\s/?\-\p{Han}\p{Kana}\p{Hira}\p{Hang}\p{Thai}\u3000-\u303f\uff00-\uffef]{60,}")


class UnprintableError(Exception):
    """Typst cannot set these words."""


class MissingGlyphsError(UnprintableError):
    """Some characters would be boxes on paper."""

    def __init__(self, characters: set[str]) -> None:
        super().__init__(", ".join(f"{character!r} (U+{ord(character):04X})" for character in sorted(characters)))
        self.characters = characters


def is_available() -> bool:
    try:
        import typst  # noqa: F401  (optional)
    except ImportError:
        return False
    return True


def typst_text(text: str, language: str, direction: str) -> dict[str, str | None]:
    """A text as our sheets take it."""
    tag, region = typst_language(language)
    breakable = LONG_WORD.sub(lambda word: "\u200b".join(LETTER.findall(word[0])), text)
    return {"text": breakable, "lang": tag, "region": region, "dir": direction}


@lru_cache(maxsize=256)
def typst_language(tag: str) -> tuple[str, str | None]:
    """Language and region as typst takes them: `zh-Hant` is Chinese as in Taiwan."""
    language, *rest = normalized_tag(tag).split("-")
    if language == "zh":
        return "zh", next((HAN_REGIONS[part] for part in rest if part in HAN_REGIONS), "CN")
    region = next((part for part in rest if len(part) == 2 and part.isalpha()), None)
    return (language if len(language) in (2, 3) else "und"), region


@lru_cache(maxsize=1)
def _fonts() -> Any:
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def compiled(sheet: Path, data: dict[str, Any], **output: Any) -> bytes:
    """`output` says of what kind, as typst.compile takes it. Raises UnprintableError."""
    import typst

    try:
        return typst.compile(
            sheet,
            root=FOLDER.parent,
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(data)},
            **output,
        )
    except typst.TypstError as error:
        raise UnprintableError(str(error)) from error
    except BaseException as error:
        # A panic in typst is no Exception, and would end the server's process instead of this one request.
        if type(error).__name__ == "PanicException":
            raise UnprintableError("typst panicked") from error
        raise
