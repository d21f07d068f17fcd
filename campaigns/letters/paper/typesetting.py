"""PDFs of letters and labels, set by typst. Without typst this module imports, and only `is_available` may be asked.

What people typed reaches typst as JSON data alone and is never part of a source that it reads.
"""

import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

import regex

from petitions.languages import normalized_tag

from ..postal import Line, PostalAddress
from . import FONTS, SHEETS
from .coverage import missing_glyphs
from .letters import PaperLetter
from .qr import qr_svg

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


def letter_pdf(letters: Sequence[PaperLetter]) -> bytes:
    """One PDF; each letter begins on a sheet of its own and counts its own pages. Raises UnprintableError."""
    refuse_missing(text for letter in letters for text in letter.texts)
    return _compiled("letter.typ", {"title": letters[0].subject_line.text, "letters": list(map(_letter, letters))})


def labels_pdf(addresses: Sequence[PostalAddress], paper: str) -> bytes:
    """Labels to cut out, for an envelope each. Raises UnprintableError."""
    refuse_missing(line.text for address in addresses for line in address.on_envelope)
    title = addresses[0].on_envelope[0].text
    return _compiled("labels.typ", {"title": title, "paper": paper, "addresses": list(map(_address, addresses))})


def refuse_missing(texts: Iterable[str]) -> None:
    if missing := set().union(*map(missing_glyphs, texts)):
        raise MissingGlyphsError(missing)


def _letter(letter: PaperLetter) -> dict[str, Any]:
    sender = letter.sender_lines
    return {
        "paper": letter.paper,
        "dir": letter.direction,
        "sender": [_line(line) for line in sender],
        "return_line": _line(letter.return_line),
        "recipient": _address(letter.recipient) if letter.recipient else None,
        "date": _line(letter.date_line),
        "note": _line(letter.note_line),
        "subject": _line(letter.subject_line),
        "body": [[_line(line) for line in lines] for lines in letter.body],
        "signature": _line(letter.signature) if letter.signature else None,
        "copies": _line(letter.copies_line),
        "link": letter.link,
        "qr": qr_svg(letter.link),
    }


def _address(address: PostalAddress) -> dict[str, Any]:
    return {"dir": address.direction, "lines": [_line(line) for line in address.on_envelope]}


def _line(line: Line) -> dict[str, str | None]:
    language, region = typst_language(line.language)
    text = LONG_WORD.sub(lambda word: "\u200b".join(LETTER.findall(word[0])), line.text)
    return {"text": text, "lang": language, "region": region, "dir": line.direction}


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


def _compiled(sheet: str, data: dict[str, Any]) -> bytes:
    import typst

    try:
        return typst.compile(
            SHEETS / sheet,
            root=SHEETS,
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(data)},
            # Readable aloud; and with it typst too refuses to draw a box where a glyph is missing.
            pdf_standards="ua-1",
        )
    except typst.TypstError as error:
        raise UnprintableError(str(error)) from error
    except BaseException as error:
        # A panic in typst is no Exception, and would end the server's process instead of this one request.
        if type(error).__name__ == "PanicException":
            raise UnprintableError("typst panicked") from error
        raise
