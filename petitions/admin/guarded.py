"""Two people on one change page: what the first one saved is not undone by the second. Saving waits for a lock, and who
saved last is named."""

import json
from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Field, Model
from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext

from .guarded_forms import Digests, GuardedForm, GuardedFormSet, shown_values
from .saved import SavedAdmin
from .words import WritesWords

SHOWN = "shown-values"


class GuardedAdmin(WritesWords, SavedAdmin):
    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (GuardedForm, form), _known_of_page(request, obj)) if change else form

    def get_formsets_with_inlines(self, request: HttpRequest, obj: Any = None) -> Iterator[Any]:
        for formset, inline in super().get_formsets_with_inlines(request, obj):
            if obj is not None:
                guarded = _known_of_page(request, obj)
                formset.form = type(formset.form.__name__, (GuardedForm, formset.form), guarded)
                formset = type(formset.__name__, (GuardedFormSet, formset), guarded)
            yield formset, inline

    def save_related(self, request: HttpRequest, form: forms.ModelForm, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        for words in _told([form, *(row for formset in formsets for row in formset.forms)]):
            self.remark(request, words)

    def _changeform_view(self, request: HttpRequest, object_id: str | None, *args: Any) -> HttpResponse:
        if request.method == "POST" and object_id:
            key = self.model._meta.pk
            # Whoever saves second waits here, and then sees what the first one saved. Signing does not wait: its key
            # to the petition may be shared meanwhile.
            if key is not None and _is_key(key, object_id):
                self.model._default_manager.select_for_update(of=("self",), no_key=True).filter(pk=object_id).first()
        return super()._changeform_view(request, object_id, *args)  # type: ignore[misc]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        if context.get("original"):
            forms_shown = [context["adminform"].form]
            for each in context["inline_admin_formsets"]:
                forms_shown += each.formset.initial_forms
            rows = [form for form in forms_shown if form.instance.pk]
            shown = {form.prefix or "": shown_values(form) | getattr(form, "still_shown", {}) for form in rows}
            context |= {"shown_values_name": SHOWN, "shown_values": json.dumps(shown)}
            for words in _told(forms_shown):
                messages.warning(request, words)
        return super().render_change_form(request, context, *args, **kwargs)


def _told(rows: list[Any]) -> Iterator[str]:
    """What of these forms was not saved as it was typed."""
    if kept := list(dict.fromkeys(name for row in rows for name in getattr(row, "kept", ()))):
        message = gettext("Somebody changed this meanwhile: %(fields)s. It stays as it is now.")
        yield f"{message % {'fields': ', '.join(kept)}} {rows[0].last_saved}"
    if refused := [words for row in rows for words in getattr(row, "refused", ())]:
        message = gettext("Not saved, for it cannot be changed any more: %(fields)s.")
        yield message % {"fields": ", ".join(refused)}


def _known_of_page(request: HttpRequest, row: Model | None) -> dict[str, Any]:
    return {"shown_on_page": _posted(request), "last_saved": _last_saved(row) if request.method == "POST" else ""}


def _last_saved(row: Model | None) -> str:
    """In a sentence, whom the admin's own log names last; what commands do is not in it."""
    if row is None:
        return ""
    entries = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(row), object_id=str(row.pk))
    entry = entries.select_related("user").first()
    if entry is None:
        return ""
    details = {"who": entry.user.get_username(), "when": date_format(localtime(entry.action_time), "DATETIME_FORMAT")}
    return gettext("Last saved here on %(when)s by %(who)s.") % details


def _posted(request: HttpRequest) -> Digests:
    """What the page said that it showed; nothing where it says nonsense."""
    try:
        shown = json.loads(request.POST.get(SHOWN, "{}"))
    except (ValueError, RecursionError):
        return {}
    is_sound = isinstance(shown, dict) and all(isinstance(values, dict) for values in shown.values())
    return shown if is_sound else {}


def _is_key(field: Field, value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) < 19
