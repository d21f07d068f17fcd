"""How a moderator works, as they choose it at the desk."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from ..languages import is_known_tag, normalized_tag

LANGUAGES_AT_MOST = 40


class ChoiceForm(forms.Form):
    """The boxes of the languages are drawn by the template: they are those that wait, and those of the interface."""

    has_keys = forms.BooleanField(required=False)
    wants_digest = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        tags = [
            tag.strip() for tag in cast(QueryDict, self.data).getlist("reads")[: LANGUAGES_AT_MOST + 1] if len(tag) < 40
        ]
        if len(tags) > LANGUAGES_AT_MOST:
            raise ValidationError(_("Choose fewer languages, or none for all."))
        if unknown := [tag for tag in tags if not is_known_tag(tag)]:
            raise ValidationError(_("No language is called so: %(tag)s"), params={"tag": unknown[0]})
        return data | {"languages": " ".join(dict.fromkeys(normalized_tag(tag) for tag in tags))}
