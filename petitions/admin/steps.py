"""Choosing a status on a change page: the form finds the step that leads there, and the step is taken on saving."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class StepForm(forms.ModelForm):
    """The status itself is written by the step alone, which holds its rules and its line in the log."""

    steps: ClassVar[Mapping[tuple[str, str], Callable[[Any, Any], None]]]
    step: Callable[[Any, Any], None] | None = None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        before, after = self.instance.status, data.pop("status", None)
        if after and after != before:
            self.step = self.steps.get((before, after))
            if self.step is None:
                self.add_error("status", _("There is no way from the present status to this one."))
        return data


class StepAdmin(admin.ModelAdmin):
    def save_related(self, request: HttpRequest, form: forms.ModelForm, formsets: Any, change: bool) -> None:
        """After the texts, which a step may look at."""
        super().save_related(request, form, formsets, change)
        step = getattr(form, "step", None)
        if step:
            step(form.instance, request.user)
