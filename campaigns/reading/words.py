"""A text with the language it is in."""

from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString

from petitions.languages import direction, language_name
from petitions.markdown import to_html


def paragraphs_of(text: str) -> list[str]:
    """Parted by empty lines."""
    return [part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]


@dataclass(frozen=True)
class Words:
    """A text with the language it is in, which may not be the page's."""

    text: str
    language: str
    page_language: str

    def __bool__(self) -> bool:
        return bool(self.text)

    def __str__(self) -> str:
        return self.text

    @property
    def html(self) -> SafeString:
        return to_html(self.text)

    @property
    def paragraphs(self) -> list[str]:
        return paragraphs_of(self.text)

    @property
    def is_foreign(self) -> bool:
        return self.language.split("-")[0] != self.page_language.split("-")[0]

    @property
    def attrs(self) -> SafeString | str:
        """`lang` and `dir` where the text is in another language than the page around it."""
        if not self.is_foreign:
            return ""
        return format_html(' lang="{}" dir="{}"', self.language, direction(self.language))

    @property
    def language_name(self) -> str:
        return language_name(self.language)
