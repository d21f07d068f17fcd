"""By what signatures are known: asked on one page, told in one sentence."""

import hashlib
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..country_select import CountryChoiceField
from ..integrity.invalidations import newest_key
from ..models import Invalidation, Petition, Signature
from ..models.invalidations import CRITERIA
from ..words_field import WordsField

# The name of the button that asks.
ASK = "ask"
LONGEST_DELAY = 366 * 24 * 3600


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


def _moment(label: Any) -> forms.DateTimeField:
    return forms.DateTimeField(label=label, required=False, widget=MomentInput())


def _seconds(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=LONGEST_DELAY)


class InvalidationForm(forms.Form):
    petition: Any = forms.ModelChoiceField(Petition.objects.order_by("slug"), label=_("Petition"))
    signed_from = _moment(_("Signed from"))
    signed_until = _moment(_("Signed before"))
    confirmed_from = _moment(_("Confirmed from"))
    confirmed_until = _moment(_("Confirmed before"))
    mail_domain = WordsField(
        label=_("Mail domain"), required=False, max_length=253, help_text=_("What stands behind the @, whole.")
    )
    country = CountryChoiceField(required=False)
    name = WordsField(label=_("Full name"), required=False, max_length=150, help_text=_("Whole; capitals are alike."))
    name_pattern = forms.ChoiceField(
        label=_("Kind of name"),
        required=False,
        choices=lambda: [("", _("Any")), *Invalidation._meta.get_field("name_pattern").choices],  # type: ignore[misc]
    )
    delay_below = _seconds(_("Confirmed sooner than, in seconds"))
    delay_above = _seconds(_("Confirmed later than, in seconds"))
    review_reason = WordsField(label=_("Marked for review as"), required=False, max_length=40)
    held_reason = forms.ChoiceField(
        label=_("Held for"), required=False, choices=[("", _("Any")), *Signature.HeldReason.choices]
    )
    network_hash = forms.RegexField(
        r"\A[0-9a-f]{16}\Z",
        label=_("Network"),
        required=False,
        max_length=16,
        help_text=_("Its scrambled form, as a finding names it. It is kept for 30 days."),
    )
    takes_pending = forms.BooleanField(
        label=_("Also those still to be confirmed"),
        required=False,
        help_text=_("They can then not be confirmed until this is undone."),
    )
    reason = WordsField(
        label=_("Reason"), required=False, max_length=300, help_text=_("For staff. Signers do not see it.")
    )
    public_reason = forms.ChoiceField(
        label=_("Public reason"), required=False, choices=[("", _("Choose")), *Signature.InvalidatedFor.choices]
    )
    # What the preview showed.
    below = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)
    seal = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def clean_mail_domain(self) -> str:
        return self.cleaned_data["mail_domain"].strip().lower().lstrip("@")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        asks = any(data.get(field) not in (None, "") for field in CRITERIA)
        if not asks and not any(field in self.errors for field in CRITERIA):
            self.add_error(None, _("Say by what these signatures are known: all of a petition are never meant."))
        # To look at them needs no reason.
        for field in ("reason", "public_reason") if ASK in self.data else ():
            if not data.get(field) and field not in self.errors:
                self.add_error(field, self.fields[field].error_messages["required"])
        return data

    def looked_at(self) -> Invalidation:
        """As of now, for a preview."""
        return self._row(newest_key())

    def as_previewed(self) -> Invalidation | None:
        """None where no preview showed exactly this."""
        below = self.cleaned_data["below"]
        row = self._row(below) if below else None
        return row if row and self.seal_of(row) == self.cleaned_data["seal"] else None

    def seal_of(self, row: Invalidation) -> str:
        """A digest of what a preview showed."""
        shown = [str(getattr(row, field)) for field in ("petition_id", *CRITERIA, "takes_pending", "below")]
        return hashlib.sha256("\0".join(shown).encode()).hexdigest()[:32]

    def _row(self, below: int) -> Invalidation:
        hidden = {"below", "seal"}
        values = {field: value for field, value in self.cleaned_data.items() if field not in hidden}
        return Invalidation(below=below, **values)

    @property
    def groups(self) -> list[tuple[Any, list[Any]]]:
        """How the page lays them out."""
        when = ["signed_from", "signed_until", "confirmed_from", "confirmed_until", "delay_below", "delay_above"]
        who = ["mail_domain", "network_hash", "country", "name", "name_pattern", "review_reason", "held_reason"]
        who.append("takes_pending")
        named = [(_("Which petition"), ["petition"]), (_("What they share"), who), (_("When"), when)]
        named.append((_("Why"), ["public_reason", "reason"]))
        return [(title, [self[field] for field in fields]) for title, fields in named]


def described(asked: Invalidation) -> str:
    """All criteria in one line."""
    moment = {field: _shown(getattr(asked, field)) for field in CRITERIA if field.endswith(("_from", "_until"))}
    words = [
        (asked.mail_domain, gettext("mail at %(value)s")),
        (asked.network_hash, gettext("network %(value)s")),
        (asked.country, gettext("country %(value)s")),
        (asked.name, gettext("name “%(value)s”")),
        (asked.get_name_pattern_display() if asked.name_pattern else "", gettext("name %(value)s")),
        (asked.review_reason, gettext("marked “%(value)s”")),
        (asked.get_held_reason_display() if asked.held_reason else "", gettext("held for: %(value)s")),
        (moment["signed_from"], gettext("signed from %(value)s")),
        (moment["signed_until"], gettext("signed before %(value)s")),
        (moment["confirmed_from"], gettext("confirmed from %(value)s")),
        (moment["confirmed_until"], gettext("confirmed before %(value)s")),
        (asked.delay_below, gettext("confirmed within %(value)s seconds")),
        (asked.delay_above, gettext("confirmed after more than %(value)s seconds")),
    ]
    said = [phrase % {"value": value} for value, phrase in words if value not in (None, "")]
    if asked.takes_pending:
        said.append(gettext("also those still to be confirmed"))
    return "; ".join(said)


def _shown(moment: Any) -> str:
    return date_format(localtime(moment), "SHORT_DATETIME_FORMAT") if moment else ""
