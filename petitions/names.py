"""People's names and cities as written by themselves: what is accepted, and how cities are compared."""

import regex
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .normal_forms import composed
from .plain_text import BLANK, BLANKS, LINE_ENDS, bounded
from .web_addresses import holds_address

# In these scripts a joiner is a letter's business; so is a variation selector after a Han character.
JOINING = (
    r"[\p{Arabic}\p{Syriac}\p{Mongolian}\p{Nko}\p{Devanagari}\p{Bengali}\p{Gurmukhi}\p{Gujarati}\p{Oriya}\p{Tamil}"
    r"\p{Telugu}\p{Kannada}\p{Malayalam}\p{Sinhala}\p{Khmer}\p{Myanmar}\p{Tibetan}]"
)
NEEDED = (
    rf"(?:(?<={JOINING})[\u200c\u200d](?={JOINING})|(?<=\p{{ccc=9}})[\u200c\u200d]"
    r"|(?<=\p{Han})[\ufe00-\ufe02\U000e0100-\U000e01ef]|(?<=\p{Mongolian})[\u180b-\u180f])"
)
# Spaces without width, soft hyphens, marks of direction and fillers come along with what is pasted.
UNSEEN = regex.compile(rf"(?!{NEEDED})\p{{Default_Ignorable_Code_Point}}")
# Lines through a letter, and rings and frames around it.
STRUCK = regex.compile(r"[\u0334-\u0338\u20d2\u20d3\u20d8-\u20eb\p{Me}]")
MARKS_OF_NO_LETTER = regex.compile(r"(?<!\S)\p{Mn}+")
UNKNOWN = regex.compile(r"[\p{Cs}\p{Co}\p{Cn}]")
# Rings stand for what is hidden of a name in Korea, Japan and Taiwan; `M°` is a maestro.
RINGS = "\u25cb\u25ef\u3007°"
PICTURES = regex.compile(rf"[[\p{{So}}\p{{Emoji_Presentation}}\p{{Extended_Pictographic}}]--[{RINGS}]]", regex.V1)
LETTER = regex.compile(rf"[\p{{L}}--[\p{{Default_Ignorable_Code_Point}}{BLANK}]]", regex.V1)


def tidy(text: str) -> str:
    """Composed letters with no more marks than stay within the line, one space between words, nothing unseen."""
    line = BLANKS.sub(" ", LINE_ENDS.sub(" ", text))
    shown = bounded(composed(STRUCK.sub("", UNSEEN.sub("", line))))
    return " ".join(MARKS_OF_NO_LETTER.sub("", shown).split())


def validate_plain_name(name: str) -> None:
    """Any script and combining marks; nothing unseen, no pictures, no web addresses.

    Raises ValidationError.
    """
    for hidden in (LINE_ENDS, UNSEEN, UNKNOWN):
        if hidden.search(name):
            raise ValidationError(_("Use letters and spaces only."), code="control_characters")
    if PICTURES.search(name):
        raise ValidationError(_("In letters only, please: no emoji or symbols."), code="pictures")
    if holds_address(name):
        raise ValidationError(_("Leave out web and e-mail addresses."), code="address")
    if not LETTER.search(name):
        raise ValidationError(_("Write at least one letter."), code="no_letter")
