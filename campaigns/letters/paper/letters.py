"""A letter as it lies on paper: every text with its language and direction, for the PDF and the page to print alike."""

import unicodedata
from dataclasses import dataclass

from petitions.languages import direction
from petitions.plain_text import plain_line

from ..postal import Line, PostalAddress, line_in
from .scripts import language_of


@dataclass(frozen=True)
class PaperLetter:
    """`paragraphs` are parted into lines by \\n; `link` is printed with its QR code.

    `sender_language` is the language of what is not in the letter's script: a name, a paragraph of the sender's own.
    """

    language: str
    paper: str
    sender: tuple[str, ...]
    date: str
    recipient: PostalAddress | None
    note: str
    subject: str
    paragraphs: tuple[str, ...]
    copies: str
    link: str
    sender_language: str = ""

    @property
    def direction(self) -> str:
        return direction(self.language)

    @property
    def sender_lines(self) -> list[Line]:
        language = self._language_of("\n".join(self.sender))
        lines = [plain_line(text) for text in self.sender]
        return [Line(text, language, self._direction_of(text)) for text in lines if text.strip()]

    @property
    def return_line(self) -> Line:
        """The sender in one line, for the envelope's window."""
        lines = self.sender_lines
        return Line(" · ".join(line.text for line in lines), lines[0].language if lines else "", self.direction)

    @property
    def date_line(self) -> Line:
        return line_in(self.language, self.date)

    @property
    def note_line(self) -> Line:
        return line_in(self.language, self.note)

    @property
    def subject_line(self) -> Line:
        return line_in(self.language, self.subject)

    @property
    def signature(self) -> Line | None:
        """The sender's name at the letter's end, as `김하늘 드림` too: above it stays room to sign by hand."""
        paragraphs = self._paragraphs
        last = paragraphs[-1][-1] if paragraphs else None
        name = plain_line(self.sender[0]).strip() if self.sender else ""
        return last if last and name and name in last.text else None

    @property
    def body(self) -> list[list[Line]]:
        """Paragraphs of lines, without the signature."""
        *paragraphs, last = self._paragraphs or [[]]
        last = last[:-1] if self.signature else last
        return [*paragraphs, last] if last else paragraphs

    @property
    def _paragraphs(self) -> list[list[Line]]:
        paragraphs = (
            [line_in(self._language_of(part), text) for text in part.splitlines()] for part in self.paragraphs
        )
        kept = ([line for line in lines if line.text.strip()] for lines in paragraphs)
        return [lines for lines in kept if lines]

    @property
    def copies_line(self) -> Line:
        return Line(plain_line(self.copies), self._language_of(self.copies), self.direction)

    @property
    def texts(self) -> list[str]:
        """Everything that is to be drawn."""
        parts = [self.date_line, self.note_line, self.subject_line, self.copies_line, *self.sender_lines]
        parts += self.recipient.on_envelope if self.recipient else []
        parts += [line for lines in self._paragraphs for line in lines]
        return [*(line.text for line in parts), self.link]

    def _language_of(self, text: str) -> str:
        return language_of(text, self.language, self.sender_language)

    def _direction_of(self, text: str) -> str:
        """By the first letter that has one, as browsers do for dir=auto: a Latin street in an Arabic letter."""
        for character in text:
            if (found := unicodedata.bidirectional(character)) in ("L", "R", "AL"):
                return "ltr" if found == "L" else "rtl"
        return self.direction
