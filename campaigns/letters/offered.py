"""The letters that a campaign offers, in every language."""

from dataclasses import dataclass
from functools import cached_property

from petitions.languages import by_preference

from ..models import LetterText
from ..reading.owned import texts_shown
from ..reading.page import CampaignPage
from ..reading.words import Words


@dataclass(frozen=True)
class OfferedLetter:
    """One letter in one language. Its words are filled when they are asked for."""

    text: LetterText
    page: CampaignPage

    @property
    def key(self) -> str:
        """Names the letter and its language in addresses and forms."""
        return f"{self.text.letter_id}-{self.text.language}"

    @property
    def language(self) -> str:
        return self.text.language

    @property
    def subject(self) -> Words:
        return self.page.words(self.text.subject, self.text.language)

    @property
    def body(self) -> Words:
        return self.page.words(self.text.body, self.text.language)


class OfferedLetters:
    """`texts` are given where they are known already: those of each letter in all its languages."""

    def __init__(self, page: CampaignPage, texts: list[list[LetterText]] | None = None) -> None:
        self.page = page
        self.texts = texts_shown(page.campaign, LetterText, "letter") if texts is None else texts

    def __bool__(self) -> bool:
        return bool(self.texts)

    @cached_property
    def all(self) -> list[OfferedLetter]:
        """In every language, the target's first, since that is the one to send."""
        target_language = self.page.campaign.asked_city.native_language
        return [
            OfferedLetter(text, self.page)
            for texts in self.texts
            for text in by_preference(texts, target_language, self.page.language)
        ]

    def translations(self, text: LetterText) -> list[LetterText]:
        """The same letter in all its languages."""
        return next(texts for texts in self.texts if texts[0].letter_id == text.letter_id)
