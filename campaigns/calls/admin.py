"""What supporters say on the telephone."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Field
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..models import CallScript, CallScriptText
from ..staff.change_pages import ChangePageAdmin
from ..staff.owned import OwnedAdmin, OwnedTextInline, shown_in
from ..staff.problems import Problem
from .card import lines_of

SOUNDS_HELP = _(
    "Supporters read this aloud without knowing the other language. In the English text of a call to Milan, "
    "“Buongiorno” may be written “bwon-JOR-no”; in the Korean text, “부온조르노”. One line for each line of the words "
    "in the asked city’s language. Leave it empty in the text of that language itself."
)


class CallScriptTextInline(OwnedTextInline):
    model = CallScriptText

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.name == "sounds":
            field.help_text = SOUNDS_HELP
        return field


@admin.register(CallScript)
class CallScriptAdmin(ChangePageAdmin, OwnedAdmin):
    change_form_template = "admin/campaigns/script_change_form.html"
    inlines = [CallScriptTextInline]
    list_display = ("name", "owner", "languages", "position")
    search_fields = ("name", "texts__words")
    search_help_text = _("Words of the name or of a script.")
    fieldsets = ((None, {"fields": ("name",)}), OwnedAdmin.owner_fieldset)

    def get_view_on_site_url(self, obj: CallScript | None = None) -> str | None:
        campaign = shown_in(obj) if obj else None
        return reverse("campaigns:call", args=[campaign.slug]) if campaign else None

    def page_context(self, request: HttpRequest, row: CallScript) -> dict[str, Any]:
        return {"problems": [Problem(warning, "#texts-group") for warning in _differing_lines(row)]}

    def save_related(self, request: HttpRequest, form: forms.ModelForm, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        # Read anew: what was fetched for the form is from before.
        for warning in _differing_lines(self.get_queryset(request).get(pk=form.instance.pk)):
            self.remark(request, warning)


def _differing_lines(script: CallScript) -> Iterator[str]:
    texts = script.loaded_texts
    counts = {text.language_name: len(lines_of(text.words)) for text in texts}
    counts |= {
        gettext("How it sounds (%(language)s)") % {"language": text.language_name}: len(lines_of(text.sounds))
        for text in texts
        if text.sounds
    }
    if len(set(counts.values())) > 1:
        warning = gettext("The texts differ in their number of lines and are shown one after the other: %(lines)s.")
        yield warning % {"lines": ", ".join(f"{name} {count}" for name, count in counts.items())}
