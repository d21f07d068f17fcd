"""A composed letter on paper: one sheet for each chosen recipient who has a postal address."""

from babel.dates import format_date
from django.utils import timezone
from django.utils.translation import gettext, override

from petitions.languages import best_text, locale_of
from petitions.links import interface_language

from ..reading.cards import TargetCard
from .composing import ComposedLetter
from .paper.letters import PaperLetter
from .postal import PostalAddress, paper_size, postal_address

PAPERS = ("a4", "us-letter")


def addresses(letter: ComposedLetter) -> list[PostalAddress]:
    """Where the letter goes on paper, those who decide first."""
    return [address for _card, address in _addressed(letter)]


def sheets(letter: ComposedLetter, paper: str = "") -> list[PaperLetter]:
    """The letter for each recipient, those who decide first; where nobody has an address, one without it.

    `paper` is one of PAPERS, or else what the sender's country uses.
    """
    paper = paper if paper in PAPERS else paper_size(letter.sender.country)
    addressed = _addressed(letter)
    if not addressed:
        return [_sheet(letter, paper, None, "")]
    return [_sheet(letter, paper, address, _note(letter, card)) for card, address in addressed]


def _addressed(letter: ComposedLetter) -> list[tuple[TargetCard, PostalAddress]]:
    cards = [*letter.to, *letter.copies]
    return [(card, address) for card in cards if (address := _address(letter, card))]


def _address(letter: ComposedLetter, card: TargetCard) -> PostalAddress | None:
    return postal_address(
        [(contact.language, contact.lines) for contact in card.addresses],
        country=str(card.city.country),
        native_language=card.city.native_language,
        sender_country=letter.sender.country,
        reader_language=letter.reader_language,
    )


def _sheet(letter: ComposedLetter, paper: str, recipient: PostalAddress | None, note: str) -> PaperLetter:
    copies = ", ".join(_called(card, letter.language) for card in letter.copies)
    return PaperLetter(
        language=letter.language,
        paper=paper,
        sender=(letter.sender.name, *letter.sender_lines),
        date=format_date(timezone.localdate(), "long", locale_of(letter.language)),
        recipient=recipient,
        note=note,
        subject=str(letter.subject),
        paragraphs=tuple(part for paragraph in letter.paper_paragraphs for part in paragraph.split("\n\n")),
        copies=f"Cc: {copies}" if copies else "",
        link=letter.link,
        sender_language=letter.reader_language,
    )


def _note(letter: ComposedLetter, card: TargetCard) -> str:
    """What stands on a copy, where we can say it in the letter's language."""
    language = interface_language(letter.language)
    if card not in letter.copies or not letter.to or language.split("-")[0] != letter.language.split("-")[0]:
        return ""
    with override(language):
        return gettext("Copy of my letter to %(name)s") % {"name": _called(letter.to[0], letter.language)}


def _called(card: TargetCard, language: str) -> str:
    """Name and office in the letter's language."""
    text = best_text(card.target.loaded_texts, language)
    return ", ".join(filter(None, [card.name, text.office if text else ""]))
