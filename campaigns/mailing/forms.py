"""What is asked of whoever sends an update by mail."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from petitions.mailing import LONGEST_SPREAD_HOURS

from ..models import Campaign

DEFAULT_HOURS = 4


class CampaignChoices(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.asked_city} – {obj.other_city}"


class MailUpdateForm(forms.Form):
    """Without data all campaigns are chosen."""

    campaigns = CampaignChoices(
        Campaign.objects.none(),
        label=_("To the people of"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose one campaign or more.")},
    )
    hours = forms.IntegerField(
        label=_("Spread over how many hours"),
        min_value=0,
        max_value=LONGEST_SPREAD_HOURS,
        initial=DEFAULT_HOURS,
        help_text=_("Many mails at once look like spam to mail services. 0 sends all at once."),
    )
    # What the page showed.
    seal = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None = None, *, offered: QuerySet[Campaign], **kwargs: Any) -> None:
        super().__init__(data, initial={"campaigns": list(offered.values_list("pk", flat=True))}, **kwargs)
        self.offered = offered
        field = self.fields["campaigns"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = offered

    @property
    def chosen(self) -> QuerySet[Campaign]:
        """The campaigns whose people are counted and whose words are shown."""
        return self.cleaned_data["campaigns"] if self.is_bound and self.is_valid() else self.offered

    @property
    def chosen_hours(self) -> int:
        return self.cleaned_data["hours"] if self.is_bound and self.is_valid() else DEFAULT_HOURS
