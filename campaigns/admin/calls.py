"""What supporters say on the telephone."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Field
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..calling import lines_of
from ..models import CallScript, CallScriptText
from .owned import OwnedAdmin, OwnedTextInline

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
class CallScriptAdmin(OwnedAdmin):
    inlines = [CallScriptTextInline]
    list_display = ("name", "owner", "languages", "position")
    search_fields = ("name", "texts__words")
    search_help_text = _("Words of the name or of a script.")
    fieldsets = ((None, {"fields": ("name",)}), OwnedAdmin.owner_fieldset)

    def save_related(self, request: HttpRequest, form: forms.ModelForm, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        texts = list(form.instance.texts.all())
        counts = {text.language_name: len(lines_of(text.words)) for text in texts}
        counts |= {
            gettext("How it sounds (%(language)s)") % {"language": text.language_name}: len(lines_of(text.sounds))
            for text in texts
            if text.sounds
        }
        if len(set(counts.values())) > 1:
            warning = gettext("The texts differ in their number of lines and are shown one after the other: %(lines)s.")
            lines = ", ".join(f"{name} {count}" for name, count in counts.items())
            messages.warning(request, warning % {"lines": lines})
