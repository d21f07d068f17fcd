"""The forms around a decision: an author's answers, and a reader's report."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from .fields import AddressField, LengthFirst, PlainTextField
from .form_layout import plain_helper
from .forms import COMMENT_LENGTH, COMMENT_LINES, HoneypotMixin
from .links import token_for
from .loading import loaded
from .models import Comment, Reason


class ResubmitForm(forms.Form):
    text = PlainTextField(label=_("Comment"), rows=6, max_length=COMMENT_LENGTH, max_lines=COMMENT_LINES)

    def __init__(self, data: QueryDict | None = None, *, comment: Comment, **kwargs: Any) -> None:
        super().__init__(data, auto_id="resubmit-%s", initial={"text": comment.text}, **kwargs)
        self.comment = comment
        action = reverse("petitions:comment-resubmit", args=[token_for(comment)])
        self.helper = plain_helper(action, _("Send it once more"), "text")

    def clean_text(self) -> str:
        text = self.cleaned_data["text"]
        if text == self.comment.text:
            raise ValidationError(_("These are the same words. Change them first, or object instead."), code="same")
        return text


class ObjectionForm(forms.Form):
    words = PlainTextField(
        label=_("Why should it be shown?"),
        rows=3,
        max_length=500,
        max_lines=20,
        help_text=_("A few words; only moderators read them."),
    )

    def __init__(self, data: QueryDict | None = None, *, comment: Comment, **kwargs: Any) -> None:
        super().__init__(data, auto_id="object-%s", **kwargs)
        action = reverse("petitions:comment-object", args=[token_for(comment)])
        self.helper = plain_helper(action, pgettext_lazy("button", "Object"), "words")


class ReportForm(HoneypotMixin):
    """What is wrong with a comment, said by whoever read it."""

    reason = forms.ChoiceField(label=_("What is wrong with it?"), widget=forms.RadioSelect)
    explanation = PlainTextField(
        label=_("Explanation"),
        beside=_("needed where it is illegal"),
        rows=3,
        required=False,
        max_length=1000,
        max_lines=40,
    )
    law = LengthFirst(
        label=_("Which law?"),
        beside=_("needed where it is illegal"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
        help_text=_("Its name, or what it forbids and in which country."),
    )
    email = AddressField(
        beside=_("optional"), required=False, help_text=_("To tell you what was decided: one mail, then we forget it.")
    )

    def __init__(self, data: QueryDict | None = None, *, comment: Comment, **kwargs: Any) -> None:
        super().__init__(data, auto_id="report-%s", **kwargs)
        self.reasons = {each.key: each for each in Reason.objects.offered().prefetch_related(loaded("texts"))}
        cast(forms.ChoiceField, self.fields["reason"]).choices = [
            (key, reason.title) for key, reason in self.reasons.items()
        ]
        self.helper = plain_helper(
            reverse("petitions:comment-report", args=[comment.pk]),
            pgettext_lazy("button", "Send the report"),
            "reason",
            "explanation",
            "law",
            "email",
            "leave_empty",
        )

    def clean(self) -> dict[str, Any]:
        """Whoever says that something is illegal says why: a moderator is no judge."""
        data = self.cleaned_data
        reason = self.reasons.get(data.get("reason", ""))
        if reason and reason.is_illegal:
            for field in ("explanation", "law"):
                if field in data and not data[field]:
                    self.add_error(field, gettext("Please say it in a few words: it helps us to judge."))
        return data

    def said(self) -> dict[str, Any]:
        """As `reporting.report` takes it."""
        data = self.cleaned_data
        return {field: data[field] for field in ("explanation", "law", "email")} | {
            "reason": self.reasons[data["reason"]]
        }
