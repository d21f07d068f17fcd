"""The forms of the pages on which people act."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.urls import reverse
from django.utils.html import escape
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from petitions.country_select import CountryChoiceField
from petitions.forms import HoneypotMixin, PlainNameField, plain_helper
from petitions.languages import language_name
from petitions.names import validate_plain_text

from .composing import Composer, Sender
from .details import CampaignDetails
from .models import ContactReport
from .target_cards import TargetCard


class PlainTextField(forms.CharField):
    """Several lines in any script."""

    def __init__(self, *, rows: int, max_lines: int, attrs: dict[str, Any] | None = None, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows, "dir": "auto", **(attrs or {})})
        self.max_lines = max_lines
        super().__init__(validators=[validate_plain_text], widget=widget, required=False, **kwargs)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if len(text.splitlines()) > self.max_lines:
            message = ngettext("At most %(count)s line, please.", "At most %(count)s lines, please.", self.max_lines)
            raise ValidationError(message % {"count": self.max_lines}, code="max_lines")
        return text


class ComposerForm(forms.Form):
    """What a supporter adds to a suggested letter. The values go into the answer and nowhere else."""

    letter = forms.ChoiceField(label=_("Letter and language"))
    name = PlainNameField(
        label=_("Your name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"})
    )
    address = PlainTextField(
        label=_("Your address"), rows=2, max_lines=8, max_length=300, attrs={"autocomplete": "street-address"},
        help_text=_("At least your city: offices answer people they can place."),
    )  # fmt: skip
    country = CountryChoiceField(required=False)
    paragraph = PlainTextField(
        label=_("A few words of your own"), rows=4, max_lines=40, max_length=2000,
    )  # fmt: skip
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
        return Sender(data["name"], data["address"], data["country"], data["paragraph"].strip())

    def typed(self) -> list[tuple[str, str]]:
        """What was typed, to be sent along with the next wish."""
        plain = [(name, self.cleaned_data[name]) for name in self.cleaned_data if name != "recipients"]
        return plain + [("recipients", key) for key in self.cleaned_data["recipients"]]

    def chosen(self) -> list[str]:
        """Keys of the targets that are ticked, on a page that is being shown."""
        return [str(key) for key in self["recipients"].value() or []]


class ReportForm(HoneypotMixin):
    """A contact that no longer works, said by whoever noticed."""

    contact = forms.ChoiceField(label=_("What is wrong?"))
    problem = forms.ChoiceField(
        label=_("What happened?"), choices=ContactReport.Problem.choices, widget=forms.RadioSelect
    )
    note = PlainTextField(
        label=_("What is right instead?"), rows=3, max_lines=40, max_length=500,
        help_text=_("The new name, number or address, and where you found it. Nothing about yourself, please."),
    )  # fmt: skip

    def __init__(self, data: QueryDict | None = None, *, details: CampaignDetails, **kwargs: Any) -> None:
        super().__init__(data, auto_id="report-%s", **kwargs)
        self.target_ids = {key: card.pk for card in details.targets for key, _label in _reportable(card)}
        groups = [(card.name or str(card.office), _reportable(card)) for card in details.targets]
        cast(forms.ChoiceField, self.fields["contact"]).choices = [("", _("Choose")), *groups]
        self.helper = plain_helper(
            reverse("campaigns:report", args=[details.campaign.slug]), pgettext_lazy("button", "Send the report"),
            "contact", "problem", "note", "leave_empty",
        )  # fmt: skip

    def said(self) -> dict[str, Any]:
        """As `reporting.report` takes it."""
        key = self.cleaned_data["contact"]
        return {
            "target_id": self.target_ids[key],
            "contact_id": int(key) if key.isdigit() else None,
            "problem": self.cleaned_data["problem"],
            "note": self.cleaned_data["note"].replace("\r\n", "\n").strip(),
        }


def _letter_choices(composer: Composer) -> list[tuple[str, str]]:
    """By language; where there are several letters, by their subjects too."""
    has_several = len(composer.details.letter_texts) > 1
    return [
        (view.key, language_name(view.language) + (f": {composer.said(view)}" if has_several else ""))
        for view in composer.choices
    ]


def _reportable(card: TargetCard) -> list[tuple[str, str]]:
    """Each contact by its key, then the person."""
    contacts = [
        (str(line.pk), f"{line.label}: {Truncator(next(iter(line.lines), '')).chars(60)}") for line in card.contacts
    ]
    person = gettext("The name or the office: %(target)s") % {"target": card.name or card.office}
    return [*contacts, (f"target-{card.pk}", person)]
