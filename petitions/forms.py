"""The forms that supporters fill in."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from .captcha import ForgivingCaptchaField, is_captcha_on
from .commenting import answerable
from .country_select import CountryChoiceField
from .fields import AddressField, LengthFirst, PlainNameField, PlainTextField
from .form_layout import Fold, plain_helper
from .languages import reader_language
from .models import Comment, Objection, Petition, Signature
from .shown_names import LONGEST, proposed_shown_name
from .signing import SigningDetails

COMMENT_LENGTH, COMMENT_LINES = 2000, 60


class HoneypotMixin(forms.Form):
    """A field that people do not see. Whoever fills it in is told so, since it may be a person after all."""

    leave_empty = LengthFirst(
        required=False,
        max_length=100,
        label=_("Leave this empty"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def clean_leave_empty(self) -> str:
        if self.cleaned_data["leave_empty"]:
            raise ValidationError(_("Please empty this field: it is a trap for machines."), code="honeypot")
        return ""


class SignForm(HoneypotMixin):
    name = PlainNameField(label=_("Full name"), max_length=150)
    email = AddressField(beside=_("never shown; one per person"))
    country = CountryChoiceField()
    city = PlainNameField(label=_("City"), max_length=100, autocomplete="address-level2")
    visibility = forms.ChoiceField(
        label=_("How my name is shown in public"),
        choices=Signature.Visibility,
        initial=Signature.Visibility.SHOWN_NAME,
    )
    shown_name = PlainNameField(
        label=_("Short name"),
        required=False,
        max_length=LONGEST,
        autocomplete="off",
        help_text=_("Left empty: as in “Elena M.”"),
    )
    comment = PlainTextField(
        label=_("Why I sign"),
        beside=_("optional, read by a moderator first"),
        required=False,
        rows=2,
        max_length=COMMENT_LENGTH,
        max_lines=COMMENT_LINES,
    )
    wants_updates = forms.BooleanField(label=_("Send me news of this campaign, a few times a year"), required=False)

    def __init__(self, data: QueryDict | None = None, *, petition: Petition, **kwargs: Any) -> None:
        super().__init__(data, auto_id="sign-%s", **kwargs)
        guards = ["leave_empty"]
        if is_captcha_on():
            self.fields["captcha"] = ForgivingCaptchaField()
            guards.append("captcha")
        more = Fold(
            "more",
            _("Add a comment, or choose how I am shown"),
            "visibility",
            "shown_name",
            "comment",
            "wants_updates",
        )
        self.helper = plain_helper(
            reverse("petitions:sign", args=[petition.slug]),
            pgettext_lazy("button", "Sign the petition"),
            "name",
            "email",
            "country",
            "city",
            more,
            *guards,
        )

    def clean(self) -> dict[str, Any]:
        """On a page of errors the hint names what would be shown. The field stays empty: the name may yet be mended."""
        data = self.cleaned_data
        if proposed := proposed_shown_name(data.get("name", ""), data.get("country", "")):
            self["shown_name"].help_text = _hint_of(proposed)
        return data

    def details(self) -> SigningDetails:
        data = self.cleaned_data
        return SigningDetails(
            name=data["name"],
            email=data["email"],
            country=data["country"],
            city=data["city"],
            language=reader_language(),
            visibility=data["visibility"],
            wants_updates=data["wants_updates"],
            shown_name=data["shown_name"],
            comment=data["comment"],
            review_reason=data.get("captcha", ""),
        )


def _hint_of(proposed: str) -> str:
    return escape(gettext("Left empty: “%(name)s”") % {"name": proposed})


class ChangeForm(forms.ModelForm):
    """What signers may change on their own page. The address stays: it is what was confirmed."""

    name = PlainNameField(label=_("Full name"), max_length=150)
    city = PlainNameField(label=_("City"), max_length=100, autocomplete="address-level2")
    country = CountryChoiceField()
    shown_name = PlainNameField(
        label=_("Short name"),
        required=False,
        max_length=LONGEST,
        autocomplete="off",
    )

    class Meta:
        model = Signature
        fields = ["name", "country", "city", "visibility", "shown_name", "wants_updates"]
        labels = {
            "visibility": _("How my name is shown in public"),
            "wants_updates": _("Send me news of this campaign, a few times a year"),
        }

    def __init__(self, data: QueryDict | None = None, *, instance: Signature, **kwargs: Any) -> None:
        self.proposed = proposed_shown_name(instance.name, str(instance.country))
        initial = {"shown_name": instance.shown_name or self.proposed} | kwargs.pop("initial", {})
        super().__init__(data, auto_id="change-%s", instance=instance, initial=initial, **kwargs)
        self.fields["shown_name"].help_text = _hint_of(self.proposed)

    def clean_shown_name(self) -> str:
        """What was only proposed for the name as it was is proposed anew for the name as it is."""
        shown = self.cleaned_data["shown_name"]
        name, country = self.cleaned_data.get("name", ""), self.cleaned_data.get("country", "")
        return proposed_shown_name(name, country) if shown in ("", self.proposed) else shown


class CommentForm(HoneypotMixin):
    """Written without signing: the address is confirmed first."""

    name = PlainNameField(label=_("Name"), max_length=150, help_text=_("Shown with your comment."))
    email = AddressField(beside=_("never shown"))
    text = PlainTextField(
        label=_("Comment"),
        rows=4,
        max_length=COMMENT_LENGTH,
        max_lines=COMMENT_LINES,
        help_text=_("Shown once a moderator has approved it."),
    )
    # The address is forgotten by then (retention.COMMENT_ADDRESSES).
    wants_replies = forms.BooleanField(
        label=_("Tell me by e-mail when somebody replies"),
        required=False,
        help_text=_("For 30 days; then we forget your address."),
    )
    parent = forms.ModelChoiceField(Comment.objects.none(), required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None = None, *, petition: Petition, **kwargs: Any) -> None:
        super().__init__(data, auto_id="comment-%s", **kwargs)
        self.answerable = answerable(petition)
        cast(forms.ModelChoiceField, self.fields["parent"]).queryset = self.answerable
        self.helper = plain_helper(
            reverse("petitions:comments", args=[petition.slug]),
            _("Send the comment"),
            "name",
            "email",
            "text",
            "wants_replies",
            "parent",
            "leave_empty",
        )


class SignerCommentForm(forms.Form):
    """Written on the signer's own page: name and address are known."""

    text = PlainTextField(
        label=_("Comment"),
        rows=4,
        max_length=COMMENT_LENGTH,
        max_lines=COMMENT_LINES,
        help_text=_("Shown once a moderator has approved it."),
    )
    wants_replies = forms.BooleanField(label=_("Tell me by e-mail when somebody replies"), required=False)


class ObjectionForm(forms.Form):
    """Of a signer whose signature was taken out of the count: the button alone is enough."""

    words = PlainTextField(
        label=_("What we should know"),
        beside=_("if you like"),
        required=False,
        rows=3,
        max_length=Objection.LONGEST,
        max_lines=20,
    )


class FollowForm(HoneypotMixin):
    email = AddressField()

    def __init__(self, data: QueryDict | None = None, *, petition: Petition, **kwargs: Any) -> None:
        super().__init__(data, auto_id="follow-%s", **kwargs)
        self.helper = plain_helper(
            reverse("petitions:follow", args=[petition.slug]), _("Follow"), "email", "leave_empty"
        )
