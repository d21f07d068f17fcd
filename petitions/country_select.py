"""The list of countries, the longest thing on the page: made once for each language."""

import unicodedata
from functools import lru_cache
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from .languages import reader_language
from .normal_forms import normalize


@lru_cache(maxsize=64)
def _countries_in(language: str) -> list[tuple[str, str]]:
    named = sorted(((code, str(name)) for code, name in countries), key=lambda pair: _sort_key(pair[1]))
    return [("", str(_("Choose"))), *named]


def _sort_key(name: str) -> str:
    """Åland beside Albania, and Hangul by its letters."""
    letters = normalize("NFD", name.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


@lru_cache(maxsize=2048)
def _options(language: str, chosen: str) -> SafeString:
    """Django renders a template for each of 250 options: 10 ms of every page."""
    rows = ((code, " selected" if code == chosen else "", name) for code, name in _countries_in(language))
    return format_html_join("", '<option value="{}"{}>{}</option>', rows)


class CountrySelect(forms.Select):
    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        shown = self.build_attrs(self.attrs, {"name": name} | (attrs or {}))
        known = value if value in dict(_countries_in(reader_language())) else ""
        return format_html("<select{}>{}</select>", flatatt(shown), _options(reader_language(), known))


class CountryChoiceField(forms.ChoiceField):
    """A country by its two letters, named and sorted in the reader's language."""

    widget = CountrySelect

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("Country"), choices=lambda: _countries_in(reader_language()), **kwargs)
        self.error_messages["invalid_choice"] = _("Choose a country from the list.")
        self.widget.attrs["autocomplete"] = "country"
