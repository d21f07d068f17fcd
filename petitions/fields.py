"""Fields for what strangers write: bounded, visible, and refused in words that help."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy

from .addresses import checked_address
from .names import tidy, validate_plain_name
from .plain_text import plain_lines
from .words_field import LEEWAY, WordsField


class KindMaxLength(MaxLengthValidator):
    message = ngettext_lazy(
        "Please make it shorter: %(limit_value)d character fits here, and it has %(show_value)d.",
        "Please make it shorter: %(limit_value)d characters fit here, and it has %(show_value)d.",
        "limit_value",
    )


class LengthFirst(WordsField):
    """Text of strangers: nothing looks at it, and no page repeats it, before its length is known to be bearable.

    Django's own field asks for the length last, after all that may take long. `beside` stands after the label, in
    brackets.
    """

    def __init__(self, *, beside: str | Promise = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.beside = beside
        others = [each for each in self.validators if not isinstance(each, MaxLengthValidator)]
        self.validators = [KindMaxLength(self.max_length), *others]

    def clean(self, value: Any) -> Any:
        if isinstance(value, str) and len(value) > self.longest:
            KindMaxLength(self.max_length)(value)
        return super().clean(value)

    def bound_data(self, data: Any, initial: Any) -> Any:
        typed = super().bound_data(data, initial)
        return typed[: self.longest] if isinstance(typed, str) else typed

    @property
    def longest(self) -> int:
        assert self.max_length, "a field of a public form has a max_length"
        return LEEWAY * self.max_length


class AddressField(LengthFirst, forms.EmailField):
    """An e-mail address that can be written to; `+` addresses are welcome."""

    default_validators: list[Any] = []

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=254, label=_("E-mail"), **kwargs)
        self.widget.attrs |= {"autocomplete": "email", "dir": "ltr", "inputmode": "email"}

    def normal(self, text: str) -> str:
        return tidy(text)

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        return checked_address(typed) if typed else ""


class PlainNameField(LengthFirst):
    """A name of a person or a city, in any script."""

    def __init__(self, *, autocomplete: str = "name", **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"autocomplete": autocomplete, "dir": "auto"})
        super().__init__(validators=[validate_plain_name], widget=widget, **kwargs)

    def normal(self, text: str) -> str:
        return tidy(text)


class PlainTextField(LengthFirst):
    """Several lines in any script."""

    def __init__(self, *, rows: int, max_lines: int, attrs: dict[str, Any] | None = None, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows, "dir": "auto", **(attrs or {})})
        self.max_lines = max_lines
        super().__init__(widget=widget, **kwargs)

    def normal(self, text: str) -> str:
        return plain_lines(text)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if len(text.splitlines()) > self.max_lines:
            message = ngettext("At most %(count)s line, please.", "At most %(count)s lines, please.", self.max_lines)
            raise ValidationError(message % {"count": self.max_lines}, code="max_lines")
        return text
