"""Choosing a status on a change page: the form finds the step that leads there, and the step is taken on saving."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..lifecycle import StepRefusedError
from ..models import StaffAct
from .saved import SavedAdmin


class StepForm(forms.ModelForm):
    """The status itself is written by the step alone, which holds its rules and its line in the log."""

    steps: ClassVar[Mapping[tuple[str, str], Callable[[Any, Any], None]]]
    step: Callable[[Any, Any], None] | None = None
    is_overtaken = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if status := self.fields.get("status"):
            # The page carries the status it shows: what somebody else chose meanwhile is not undone by saving.
            status.show_hidden_initial = True

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        after = data.pop("status", None)
        seen = self.data.get(self.add_initial_prefix("status"), self.instance.status)
        self.is_overtaken = seen != self.instance.status
        if after and after != seen:
            self.step = self.steps.get((seen, after))
            if self.step is None:
                self.add_error("status", _("There is no way from the present status to this one."))
        return data


class StepAdmin(SavedAdmin):
    def save_model(self, request: HttpRequest, obj: Any, form: forms.ModelForm, change: bool) -> None:
        """Without the status: somebody may have taken a step since the row was fetched."""
        fields = {field.name for field in self.opts.concrete_fields} & set(form.changed_data) - {"status"}
        if change:
            obj.save(update_fields=fields)
        else:
            obj.save()

    def save_related(self, request: HttpRequest, form: forms.ModelForm, formsets: Any, change: bool) -> None:
        """After the texts, which a step may look at. A step that comes too late is told; all else is saved."""
        super().save_related(request, form, formsets, change)
        step = getattr(form, "step", None)
        if getattr(form, "is_overtaken", False):
            self.remark(request, self._overtaken(form.instance))
        elif step:
            level, words = self.take_step(request, step, form.instance)
            self.remark(request, words, level)

    def take_step(self, request: HttpRequest, step: Callable[[Any, Any], None], row: Any) -> tuple[int, str]:
        """What came of it, and how grave that is."""
        try:
            step(row, request.user)
        except StepRefusedError:
            return messages.WARNING, self._overtaken(row)
        row.refresh_from_db()
        return (messages.WARNING if self.is_held_up(row) else messages.SUCCESS), self.status_now(row)

    def status_now(self, row: Any) -> str:
        """In whole sentences, what a step has led to."""
        raise NotImplementedError

    def is_held_up(self, row: Any) -> bool:
        """Where the step was taken and readers still do not get what it is for."""
        return False

    def _overtaken(self, row: Any) -> str:
        row.refresh_from_db()
        act = StaffAct.objects.filter(object_kind=self.opts.model_name, object_id=row.pk).first()
        message = gettext("The status was not changed. It is “%(status)s” by now; everything else is saved.")
        details = {"status": row.get_status_display()}
        if act:
            message = gettext(
                "The status was not changed. It is “%(status)s” by now: %(who)s chose so on %(when)s. "
                "Everything else is saved."
            )
            details |= {"who": act.actor_name, "when": date_format(localtime(act.at), "DATETIME_FORMAT")}
        return message % details
