"""Suggested letters, and how each can be sent."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ..models import Letter, LetterText
from ..staff.change_pages import ChangePageAdmin
from ..staff.owned import OwnedAdmin, OwnedTextInline, shown_in
from ..staff.problems import page_of
from .checks import check_letter


class LetterTextInline(OwnedTextInline):
    model = LetterText


@admin.register(Letter)
class LetterAdmin(ChangePageAdmin, OwnedAdmin):
    change_form_template = "admin/campaigns/letter_change_form.html"
    inlines = [LetterTextInline]
    list_display = ("name", "owner", "languages", "position")
    search_fields = ("name", "texts__subject")
    search_help_text = _("Words of the name or of a subject.")
    fieldsets = ((None, {"fields": ("name",)}), OwnedAdmin.owner_fieldset)

    def get_view_on_site_url(self, obj: Letter | None = None) -> str | None:
        campaign = shown_in(obj) if obj else None
        if obj is None or campaign is None:
            return None
        query = urlencode({"letter": f"{obj.pk}-{obj.loaded_texts[0].language}"})
        return f"{reverse('campaigns:letter', args=[campaign.slug])}?{query}"

    def page_context(self, request: HttpRequest, row: Letter) -> dict[str, Any]:
        return {"check": check_letter(row)}

    def save_related(self, request: HttpRequest, form: forms.ModelForm, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        count = check_letter(form.instance).problem_count
        if not count:
            words = gettext("We looked at the letter in all its languages: nothing is missing.")
            self.remark(request, words, messages.SUCCESS)
            return
        found = ngettext(
            "There is %(count)s thing to look at in this letter.",
            "There are %(count)s things to look at in this letter.",
            count,
        )
        link = format_html('<a href="{}">{}</a>', page_of(form.instance, "sending"), gettext("See how it can be sent"))
        self.remark(request, format_html("{} {}", found % {"count": count}, link))
