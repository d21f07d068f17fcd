"""The forms that supporters fill in."""

from typing import Any, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from .addresses import checked_address
from .captcha import ForgivingCaptchaField, is_captcha_on
from .commenting import answerable
from .country_select import CountryChoiceField
from .languages import reader_language
from .models import Comment, Petition, Signature
from .names import tidy, validate_plain_name, validate_plain_text
from .signing import SigningDetails


class LengthFirst(forms.CharField):
    """Text of strangers: nothing looks at it, and no page repeats it, before its length is known to be bearable.

    Django's own field asks for the length last, after all that may take long.
    """

    # What is typed may be longer than what is kept: spaces in excess, letters in several parts.
    leeway = 4

    def clean(self, value: Any) -> Any:
        if isinstance(value, str) and len(value) > self.longest:
            MaxLengthValidator(self.max_length)(value)
        return super().clean(value)

    def bound_data(self, data: Any, initial: Any) -> Any:
        typed = super().bound_data(data, initial)
        return typed[: self.longest] if isinstance(typed, str) else typed

    @property
    def longest(self) -> int:
        assert self.max_length, "a field of a public form has a max_length"
        return self.leeway * self.max_length


class AddressField(LengthFirst, forms.EmailField):
    """An e-mail address that can be written to; `+` addresses are welcome."""

    default_validators: list[Any] = []

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=254, label=_("E-mail"), **kwargs)
        self.widget.attrs |= {"autocomplete": "email", "dir": "ltr", "inputmode": "email"}

    def clean(self, value: Any) -> str:
        return checked_address(super().clean(value))


class PlainNameField(LengthFirst):
    """A name of a person or a city, in any script."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(validators=[validate_plain_name], **kwargs)

    def to_python(self, value: Any) -> str:
        return tidy(super().to_python(value) or "")


class PlainTextField(LengthFirst):
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


def plain_helper(action: str, button: str | Promise, *fields: Any) -> FormHelper:
    """One form, posted to `action`, without a per-visitor token: the page is the same for everyone."""
    helper = FormHelper()
    # By this name the switch of languages sends what was typed.
    helper.form_id = action.rstrip("/").rpartition("/")[2] + "-form"
    helper.form_action = action
    helper.disable_csrf = True
    helper.form_show_errors = True
    helper.layout = Layout(*fields)
    helper.add_input(Submit("", button, css_class="wide"))
    return helper


class SignForm(HoneypotMixin):
    name = PlainNameField(
        label=_("Full name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    email = AddressField(help_text=_("Never shown. We write once to confirm."))
    country = CountryChoiceField()
    city = PlainNameField(
        label=_("City"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "address-level2", "dir": "auto"}),
    )
    visibility = forms.ChoiceField(
        label=_("How my name is shown"), choices=Signature.Visibility, initial=Signature.Visibility.INITIAL
    )
    comment = LengthFirst(
        label=_("Comment"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=_("Shown once a moderator has approved it."),
    )
    wants_updates = forms.BooleanField(label=_("Send me news of this campaign, a few times a year"), required=False)

    def __init__(self, data: QueryDict | None = None, *, petition: Petition, **kwargs: Any) -> None:
        super().__init__(data, auto_id="sign-%s", **kwargs)
        fields = ["name", "email", "country", "city", "visibility", "comment", "wants_updates", "leave_empty"]
        if is_captcha_on():
            self.fields["captcha"] = ForgivingCaptchaField()
            fields.append("captcha")
        self.helper = plain_helper(
            reverse("petitions:sign", args=[petition.slug]),
            pgettext_lazy("button", "Sign the petition"),
            *fields,
        )

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
            comment=data["comment"].strip(),
            review_reason=data.get("captcha", ""),
        )


class ChangeForm(forms.ModelForm):
    """What signers may change on their own page. The address stays: it is what was confirmed."""

    name = PlainNameField(
        label=_("Full name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"})
    )
    city = PlainNameField(
        label=_("City"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "address-level2", "dir": "auto"})
    )
    country = CountryChoiceField()

    class Meta:
        model = Signature
        fields = ["name", "country", "city", "visibility", "wants_updates"]
        labels = {
            "visibility": _("How my name is shown"),
            "wants_updates": _("Send me news of this campaign, a few times a year"),
        }

    def __init__(self, data: QueryDict | None = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="change-%s", **kwargs)


class CommentForm(HoneypotMixin):
    """Written without signing: the address is confirmed first."""

    name = PlainNameField(
        label=_("Name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
        help_text=_("Shown with your comment."),
    )
    email = AddressField(help_text=_("Never shown. We write once to confirm."))
    text = LengthFirst(
        label=_("Comment"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
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

    text = LengthFirst(
        label=_("Comment"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=_("Shown once a moderator has approved it."),
    )
    wants_replies = forms.BooleanField(label=_("Tell me by e-mail when somebody replies"), required=False)


class FollowForm(HoneypotMixin):
    email = AddressField()

    def __init__(self, data: QueryDict | None = None, *, petition: Petition, **kwargs: Any) -> None:
        super().__init__(data, auto_id="follow-%s", **kwargs)
        self.helper = plain_helper(
            reverse("petitions:follow", args=[petition.slug]), _("Follow"), "email", "leave_empty"
        )
