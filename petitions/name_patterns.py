"""Names that machines and bored hands write: hints, by rules that the database reads alike."""

import re

from django.db import models
from django.utils.translation import gettext_lazy as _


class NamePattern(models.TextChoices):
    KEYBOARD = "keyboard", _("a row of keys, such as “asdf”")
    DIGITS = "digits", _("with digits")
    REPEATED = "repeated", _("one letter four times")


# Constants of ours, never what somebody typed. Five keys in a row where four are a syllable of real names.
PATTERNS: dict[NamePattern, str] = {
    NamePattern.KEYBOARD: "(qwert|werty|asdf|sdfg|zxcv|xcvb|йцук|фыва|ячсм|ㅁㄴㅇㄹ|ㅂㅈㄷㄱ|12345)",
    NamePattern.DIGITS: "[0-9]",
    NamePattern.REPEATED: r"([^ .\-])\1\1\1",
}
_COMPILED = {pattern: re.compile(words) for pattern, words in PATTERNS.items()}


def name_pattern(name: str) -> NamePattern | None:
    """The first that fits; None for all names that look like names."""
    written = name.lower()
    return next((pattern for pattern, rule in _COMPILED.items() if rule.search(written)), None)
