"""People's names and cities as written by themselves: what is accepted, and what is shown."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .normal_forms import normalize

# `St.Louis` is a city, `evil.app` is not: what follows the point tells. A slash never stands in a name.
ADDRESS_LIKE = re.compile(r"[/@]|\bwww\b|\w\.[a-z]{2,}|(?i:\w\.(com|net|org|info|app|ru|cn|top|xyz|io|me|ly)\b)")
# Bidirectional embeddings, overrides and isolates turn the text around them; no word needs them.
BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Joiners are letters' business in Persian and Indic scripts, so they stay.
JOINERS = frozenset("\u200c\u200d")


def tidy(text: str) -> str:
    """NFC, one space between words, none around."""
    return " ".join(normalize("NFC", text).split())


def validate_plain_text(text: str) -> None:
    """Lines in any script, with whatever a copied text brings along but what could turn or hide its neighbours.

    Raises ValidationError.
    """
    lines = text.replace("\r\n", "\n").replace("\n", "").replace("\t", "")
    if any(unicodedata.category(character) in ("Cc", "Cs") or character in BIDI_CONTROLS for character in lines):
        raise ValidationError(_("Leave out invisible control characters."), code="control_characters")


def validate_plain_name(name: str) -> None:
    """Any script and combining marks; no control characters, no web addresses.

    Raises ValidationError.
    """
    for character in name:
        if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn") and character not in JOINERS:
            raise ValidationError(_("Use letters and spaces only."), code="control_characters")
    # Mail programs make links of full-width letters and of the ideographic full stop too.
    if ADDRESS_LIKE.search(normalize("NFKC", name).replace("。", ".")):
        raise ValidationError(_("Leave out web and e-mail addresses."), code="address")
    if not any(character.isalpha() for character in name):
        raise ValidationError(_("Write at least one letter."), code="no_letter")


def _first_grapheme(word: str) -> str:
    end = 1
    while end < len(word) and (unicodedata.combining(word[end]) or word[end] in JOINERS):
        end += 1
    return word[:end]


def first_name_and_initial(name: str) -> str:
    """`Elena Marchi` becomes `Elena M.`; a name of one word keeps its first letter only."""
    words = name.split()
    if len(words) < 2:
        return f"{_first_grapheme(name)}." if name else ""
    return f"{words[0]} {_first_grapheme(words[-1])}."
