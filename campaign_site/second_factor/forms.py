"""The one field of the second factor."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autocapitalize": "none",
                "spellcheck": "false",
                "dir": "ltr",
                "size": "12",
                "class": "code-field",
            }
        ),
    )

    def clean_code(self) -> str:
        """Programs show 123 456, and people copy it so."""
        return self.cleaned_data["code"].replace(" ", "").replace("-", "")
