"""The form of the composer."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.html import escape
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from petitions.country_select import CountryChoiceField
from petitions.fields import PlainNameField, PlainTextField
from petitions.languages import language_name

from .composing import Composer, Sender


class ComposerForm(forms.Form):
    """What a supporter adds to a suggested letter. The values go into the answer and nowhere else."""

    letter = forms.ChoiceField(label=_("Letter and language"))
    name = PlainNameField(label=_("Your name"), max_length=150)
    address = PlainTextField(
        label=_("Your address"),
        required=False,
        rows=2,
        max_lines=8,
        max_length=300,
        attrs={"autocomplete": "street-address"},
        help_text=_("At least your city: offices answer people they can place."),
    )
    country = CountryChoiceField(required=False)
    paragraph = PlainTextField(
        label=_("A few words of your own"),
        required=False,
        rows=4,
        max_lines=40,
        max_length=2000,
    )
    recipients = forms.MultipleChoiceField(label=pgettext_lazy("letter", "To"), required=False)

    def __init__(self, data: QueryDict | None = None, *, composer: Composer, **kwargs: Any) -> None:
        super().__init__(data, auto_id="letter-%s", **kwargs)
        self.composer = composer
        cast(forms.ChoiceField, self.fields["letter"]).choices = _letter_choices(composer)
        question = gettext(
            "Do you live in %(asked)s or %(other)s, have family there, or did you visit? Write in the letter’s "
            "language if you can, else in yours. Two sentences of yours weigh most."
        )
        cities = {"asked": escape(composer.page.asked), "other": escape(composer.page.other)}
        self.fields["paragraph"].help_text = question % cities
        recipients = cast(forms.MultipleChoiceField, self.fields["recipients"])
        recipients.choices = [(str(card.pk), str(card.pk)) for card in [*composer.to, *composer.copies]]
        recipients.initial = [key for key, _label in recipients.choices]

    def clean_recipients(self) -> list[str]:
        chosen = self.cleaned_data["recipients"]
        if not chosen and cast(forms.MultipleChoiceField, self.fields["recipients"]).choices:
            raise ValidationError(_("Choose somebody to write to."), code="nobody")
        return chosen

    def sender(self) -> Sender:
        data = self.cleaned_data
        return Sender(data["name"], data["address"], data["country"], data["paragraph"])

    def typed(self) -> list[tuple[str, str]]:
        """What was typed, to be sent along with the next wish."""
        plain = [(name, self.cleaned_data[name]) for name in self.cleaned_data if name != "recipients"]
        return plain + [("recipients", key) for key in self.cleaned_data["recipients"]]

    def chosen(self) -> list[str]:
        """Keys of the targets that are ticked, on a page that is being shown."""
        return [str(key) for key in self["recipients"].value() or []]


def _letter_choices(composer: Composer) -> list[tuple[str, str]]:
    """By language; where there are several letters, by their subjects too."""
    has_several = len(composer.letters.texts) > 1
    return [
        (letter.key, language_name(letter.language) + (f": {composer.said(letter)}" if has_several else ""))
        for letter in composer.choices
    ]
