"""Where text comes in: every form normalises it here, once, and nobody after it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator

from .normal_forms import normalized

# What is typed may be longer than what is kept: spaces in excess, letters in several parts.
LEEWAY = 4


class WordsField(forms.CharField):
    """NFC, `\\n`, no spaces at the ends of lines. What was stored so has not changed by a browser's `\\r\\n`."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        if self.max_length and len(text) > LEEWAY * self.max_length:
            MaxLengthValidator(self.max_length)(text)
        return self.normal(text)

    def normal(self, text: str) -> str:
        return normalized(text)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            typed = self.to_python(data)
        except ValidationError:
            return True
        return super().has_changed(self.normal(initial or ""), typed)
