"""The form of a visitor who noticed a wrong contact."""

from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from petitions.fields import PlainTextField
from petitions.form_layout import plain_helper
from petitions.forms import HoneypotMixin

from ..models import ContactReport
from ..reading.cards import TargetCard
from ..reading.page import CampaignPage


class ReportForm(HoneypotMixin):
    """A contact that no longer works, said by whoever noticed."""

    contact = forms.ChoiceField(label=_("What is wrong?"))
    problem = forms.ChoiceField(
        label=_("What happened?"), choices=ContactReport.Problem.choices, widget=forms.RadioSelect
    )
    note = PlainTextField(
        label=_("What is right instead?"),
        rows=3,
        required=False,
        max_lines=40,
        max_length=500,
        help_text=_("The new name, number or address, and where you found it. Nothing about yourself, please."),
    )

    def __init__(self, data: QueryDict | None = None, *, page: CampaignPage, **kwargs: Any) -> None:
        super().__init__(data, auto_id="report-%s", **kwargs)
        self.target_ids = {key: card.pk for card in page.targets for key, _label in _reportable(card)}
        groups = [(card.name or str(card.office), _reportable(card)) for card in page.targets]
        cast(forms.ChoiceField, self.fields["contact"]).choices = [("", _("Choose")), *groups]
        self.helper = plain_helper(
            reverse("campaigns:report", args=[page.campaign.slug]),
            pgettext_lazy("button", "Send the report"),
            "contact",
            "problem",
            "note",
            "leave_empty",
        )

    def said(self) -> dict[str, Any]:
        """As `reporting.report` takes it."""
        key = self.cleaned_data["contact"]
        return {
            "target_id": self.target_ids[key],
            "contact_id": int(key) if key.isdigit() else None,
            "problem": self.cleaned_data["problem"],
            "note": self.cleaned_data["note"],
        }


def _reportable(card: TargetCard) -> list[tuple[str, str]]:
    """Each contact by its key, then the person."""
    contacts = [
        (str(line.pk), f"{line.label}: {Truncator(next(iter(line.lines), '')).chars(60)}") for line in card.contacts
    ]
    person = gettext("The name or the office: %(target)s") % {"target": card.name or card.office}
    return [*contacts, (f"target-{card.pk}", person)]
