"""PDFs of letters and labels, set by typst."""

from collections.abc import Iterable, Sequence
from typing import Any

from ...typesetting.compiling import MissingGlyphsError, compiled, typst_text
from ..postal import Line, PostalAddress
from . import SHEETS
from .coverage import missing_glyphs
from .letters import PaperLetter
from .qr import qr_svg


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
    return typst_text(line.text, line.language, line.direction)


def _compiled(sheet: str, data: dict[str, Any]) -> bytes:
    # Readable aloud; and with it typst too refuses to draw a box where a glyph is missing.
    return compiled(SHEETS / sheet, data, pdf_standards="ua-1")
