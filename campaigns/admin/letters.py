"""Suggested letters."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..letters import mailto
from ..models import Letter, LetterText
from .owned import OwnedAdmin, OwnedTextInline


class LetterTextInline(OwnedTextInline):
    model = LetterText


@admin.register(Letter)
class LetterAdmin(OwnedAdmin):
    inlines = [LetterTextInline]
    list_display = ("name", "owner", "languages", "position")
    search_fields = ("name", "texts__subject")
    search_help_text = _("Words of the name or of a subject.")
    fieldsets = ((None, {"fields": ("name",)}), OwnedAdmin.owner_fieldset)

    def save_related(self, request: HttpRequest, form: forms.ModelForm, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        for text in LetterText.objects.filter(letter=form.instance):
            # Filled placeholders make it longer still; this is the least that can be said.
            if "body=" not in mailto(["mayor@city.example"], (), text.subject, text.body):
                warning = gettext("%(language)s: too long for a mail link. Readers will copy this letter by hand.")
                messages.warning(request, warning % {"language": text.language_name})
