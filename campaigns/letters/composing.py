"""A letter as one supporter sends it: their words in the suggested ones, side by side with their own language.

Nothing here is stored: what supporters write lives in the request that shows it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import zip_longest

from django.utils.text import Truncator

from petitions.languages import best_text, direction

from ..models import LetterText
from ..reading.cards import ContactLine, Role, TargetCard
from ..reading.page import CampaignPage, country_in
from ..reading.words import Words, paragraphs_of
from ..rules.placeholders import PLACEHOLDER, fill
from .mail_links import Message
from .offered import OfferedLetter, OfferedLetters


@dataclass(frozen=True)
class Sender:
    """Who writes. Empty fields leave the suggested letter's marks, such as [your name]."""

    name: str = ""
    address: str = ""
    country: str = ""
    paragraph: str = ""


@dataclass(frozen=True)
class Row:
    """A paragraph as it is sent, and what it says in the reader's language."""

    words: str
    beside: str
    is_own: bool = False


@dataclass(frozen=True)
class ComposedLetter:
    subject: Words
    # Paragraphs as the letter is written: one whose placeholder stays empty is "", so that both languages keep step.
    parts: Sequence[str]
    beside_subject: Words | None
    beside_parts: Sequence[str]
    sender: Sender
    sender_lines: Sequence[str]
    # Without the address after the name: on paper it stands at the head, and the name is signed.
    paper_paragraphs: Sequence[str]
    to: Sequence[TargetCard]
    copies: Sequence[TargetCard]
    link: str
    reader_language: str

    @property
    def language(self) -> str:
        return self.subject.language

    @property
    def direction(self) -> str:
        return direction(self.language)

    @property
    def beside_direction(self) -> str:
        return direction(self.beside_subject.language) if self.beside_subject else ""

    @property
    def faxes(self) -> list[tuple[TargetCard, ContactLine]]:
        return [(card, fax) for card in [*self.to, *self.copies] for fax in card.faxes]

    @property
    def body(self) -> str:
        return "\n\n".join(self.paragraphs)

    @property
    def paragraphs(self) -> list[str]:
        return [part for part in self.parts if part]

    @property
    def rows(self) -> list[Row]:
        pairs = zip_longest(self.parts, self.beside_parts, fillvalue="")
        # What the sender wrote is in whatever language they write, and nobody translated it.
        return [
            Row(words, "", is_own=True) if words and words == self.sender.paragraph else Row(words, beside)
            for words, beside in pairs
            if words or beside
        ]

    @cached_property
    def message(self) -> Message:
        """As mail. Without a chosen target who decides, those who would get a copy are written to."""
        to, cc = _emails(self.to), _emails(self.copies)
        return Message(to or cc, [email for email in cc if email not in to] if to else [], str(self.subject), self.body)


def _emails(cards: Sequence[TargetCard]) -> list[str]:
    return list(dict.fromkeys(email for card in cards for email in card.emails))


class Composer:
    """The letters, languages and recipients that one campaign offers."""

    def __init__(self, page: CampaignPage, letters: OfferedLetters | None = None) -> None:
        self.page = page
        self.letters = OfferedLetters(page) if letters is None else letters

    @property
    def choices(self) -> list[OfferedLetter]:
        return self.letters.all

    def choose(self, key: str) -> OfferedLetter | None:
        """The letter and language that `key` names; the first, in the asked city's language, for an unknown key."""
        first = self.choices[0] if self.choices else None
        return next((letter for letter in self.choices if letter.key == key), first)

    def said(self, letter: OfferedLetter) -> str:
        """Which letter it is, in the reader's language: by its subject."""
        text = self._for_reader(letter.text) or letter.text
        return Truncator(self.page.words(text.subject, text.language).text).chars(60)

    @cached_property
    def to(self) -> list[TargetCard]:
        return [card for card in self.page.targets if card.role != Role.COPY and card.can_be_written_to]

    @cached_property
    def copies(self) -> list[TargetCard]:
        return [card for card in self.page.targets if card.role == Role.COPY and card.can_be_written_to]

    def compose(
        self, letter: OfferedLetter, sender: Sender | None = None, chosen: Collection[int] | None = None
    ) -> ComposedLetter:
        """The letter in full. `chosen` are primary keys of targets; None means all."""
        sender = sender or Sender()
        beside = self._beside(letter.text)
        on_paper = replace(sender, address="", country="")
        return ComposedLetter(
            subject=self._subject(letter.text.subject, letter.text.language, sender),
            parts=self._parts(letter.text, sender),
            beside_subject=self._subject(beside.subject, beside.language, sender) if beside else None,
            beside_parts=self._parts(beside, sender) if beside else [],
            sender=sender,
            sender_lines=self._address_lines(letter.language, sender),
            paper_paragraphs=[part for part in self._parts(letter.text, on_paper) if part],
            to=[card for card in self.to if chosen is None or card.pk in chosen],
            copies=[card for card in self.copies if chosen is None or card.pk in chosen],
            link=self.page.values(letter.language)["campaign_url"],
            reader_language=self.page.language,
        )

    def _beside(self, text: LetterText) -> LetterText | None:
        """The same letter in the reader's language, where that is another one."""
        beside = self._for_reader(text)
        return beside if beside and beside.language != text.language else None

    def _for_reader(self, text: LetterText) -> LetterText | None:
        return best_text(self.letters.translations(text), self.page.language, self.page.campaign.source_language)

    def _subject(self, text: str, language: str, sender: Sender) -> Words:
        filled = fill(text, self._values(language, sender), keep_empty=False)
        # A subject of the sender's words alone is empty where they wrote none.
        pair = self.page.words("{asked_city} – {other_city}", language).text
        return Words(" ".join(filled.split()) or pair, language, self.page.language)

    def _values(self, language: str, sender: Sender) -> dict[str, str]:
        """Without a name yet, the suggested letter's marks stay; with one, what was left empty vanishes."""
        values = self.page.values(language)
        if not sender.name:
            return values
        return values | {
            "sender_name": sender.name,
            "sender_address": "\n".join(self._address_lines(language, sender)),
            "personal_paragraph": sender.paragraph,
        }

    def _address_lines(self, language: str, sender: Sender) -> list[str]:
        """With the country, in the letter's language, for readers in another one."""
        asked = str(self.page.campaign.asked_city.country)
        country = country_in(language, sender.country) if sender.country and sender.country != asked else ""
        lines = [line.strip() for line in sender.address.splitlines() if line.strip()]
        if country and (not lines or lines[-1].casefold() != country.casefold()):
            lines.append(country)
        return lines

    def _parts(self, text: LetterText, sender: Sender) -> list[str]:
        values = self._values(text.language, sender)
        written = paragraphs_of(text.body)
        filled = [_filled(paragraph, values) for paragraph in written]
        has_place = any("{personal_paragraph}" in paragraph for paragraph in written)
        if sender.name and sender.paragraph and not has_place:
            # After the salutation: identical beginnings are what city halls sort out.
            filled.insert(1, sender.paragraph)
        return filled


def _filled(paragraph: str, values: Mapping[str, str]) -> str:
    """A paragraph with its values; a line that held nothing but an empty one goes."""
    lines = []
    for line in paragraph.split("\n"):
        only = PLACEHOLDER.fullmatch(line.strip())
        if only is None or values.get(only[1], only[0]):
            lines.append(line)
    return fill("\n".join(lines), values, keep_empty=False).strip()
