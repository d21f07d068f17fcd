"""A page that comes back for another field still has the file that was chosen on it."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminFileWidget
from django.core.files.base import File
from django.db import models
from django.db.models import Field
from django.db.models.fields.files import FieldFile
from django.http import HttpRequest

from ..kept_uploads import keep, kept


class KeptFileInput(AdminFileWidget):
    template_name = "admin/petitions/kept_file.html"
    # Whose page it is.
    owner: Any = None
    token = ""
    shown = ""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        value = super().value_from_datadict(data, files, name)
        if value is not None or f"{name}-leave" in data:
            return value
        return kept(data.get(f"{name}-kept", ""), self.owner)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return super().value_omitted_from_data(data, files, name) and f"{name}-kept" not in data

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"] |= {"kept": self.token, "shown": self.shown}
        return context


class KeptFilesAdmin(admin.ModelAdmin):
    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        if isinstance(db_field, models.FileField):
            kwargs["widget"] = KeptFileInput
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, KeptFileInput):
            field.widget.owner = request.user.pk
        return field

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        form = context["adminform"].form
        if form.is_bound:
            _keep_files(form)
        return super().render_change_form(request, context, *args, **kwargs)


def _keep_files(form: forms.BaseForm) -> None:
    """Only what its own field found sound."""
    for name, field in form.fields.items():
        file = getattr(form, "cleaned_data", {}).get(name)
        if isinstance(field.widget, KeptFileInput) and isinstance(file, File) and not isinstance(file, FieldFile):
            field.widget.token, field.widget.shown = keep(file, field.widget.owner), file.name or ""
