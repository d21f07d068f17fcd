"""Forms and form sets of a page that two people may have open: what each of them changed is told apart by digests.

The page carries a digest of each value it showed. A value that only the other person changed is kept; one that both
changed is asked about: pressing Save again decides it.
"""

import hashlib
import re
from collections.abc import Mapping
from datetime import datetime
from itertools import product
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, UniqueConstraint
from django.db.models.fields.files import FieldFile
from django.forms.models import BaseInlineFormSet, BaseModelForm
from django.utils.encoding import force_str
from django.utils.text import Truncator
from django.utils.translation import gettext

from ..normal_forms import normalized

# As many as Django takes of one inline.
ROWS_AT_MOST = 1000
Digests = Mapping[str, Mapping[str, str]]


def digest(value: Any) -> str:
    """Short: two values that differ meet once in four thousand million."""
    return hashlib.sha256(_plain(value).encode("utf-8", "replace")).hexdigest()[:8]


def _plain(value: Any) -> str:
    """One spelling for a value, whether it comes from the database or from a form."""
    if isinstance(value, Model):
        return str(value.pk)
    if isinstance(value, datetime):
        # A form shows no microseconds.
        return str(int(value.timestamp()))
    if isinstance(value, FieldFile):
        return value.name or ""
    if isinstance(value, list | tuple) or hasattr(value, "all"):
        rows = value.all() if hasattr(value, "all") else value
        return ",".join(sorted(_plain(row) for row in rows))
    return "" if value is None or value is False else normalized(force_str(value))


def shown_values(form: BaseModelForm) -> dict[str, str]:
    """Of the row as it is stored now."""
    return {name: digest(form.get_initial_for_field(field, name)) for name, field in form.fields.items()}


class GuardedForm(forms.ModelForm):
    """Mixed into the forms of a guarded page."""

    shown_on_page: Digests = {}
    last_saved = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Names of the fields that only the other person changed.
        self.kept: list[str] = []
        # What was typed into fields that the other person's act has closed.
        self.refused: list[str] = []
        # What cannot be compared before its error is mended is asked about then.
        self.still_shown: dict[str, str] = {}

    def clean(self) -> dict[str, Any]:
        try:
            data = super().clean() or self.cleaned_data
        except ValidationError as error:
            self.add_error(None, error)
            data = self.cleaned_data
        if self.instance.pk is None:
            # Deleted meanwhile: all of it stays as it was typed, for its form set asks about it.
            return data
        for name, before in self.shown_on_page.get(self.prefix or "", {}).items():
            typed = self.data.get(self.add_prefix(name))
            if name not in self.fields and typed is not None and digest(typed) != before:
                self.refused.append(f"{name}: “{Truncator(typed).chars(300)}”")
            elif name in self.errors:
                self.still_shown[name] = before
            elif name in self.fields and name in data and not self.fields[name].disabled:
                self._merge(data, name, before)
        return data

    def _merge(self, data: dict[str, Any], name: str, before: str) -> None:
        stored = self.get_initial_for_field(self.fields[name], name)
        now, wanted = digest(stored), digest(data[name])
        if now == before or wanted == now:
            return
        if wanted == before:
            # Not touched here: what the other person saved stays.
            data[name] = getattr(self.instance, name, stored)
            # Where another field is asked about, the page shows this one as it is stored: saving again changes nothing.
            self.fields[name].bound_data = _as_stored  # type: ignore[method-assign]
            self.kept.append(force_str(self.fields[name].label or name))
            return
        shown = _where_it_differs(_shown(self.instance, name, stored), force_str(data[name]))
        message = gettext("Somebody changed this meanwhile. It now says: “%(value)s”. Save again to put yours there.")
        self.add_error(name, f"{message % {'value': shown}} {self.last_saved}")


def _as_stored(data: Any, initial: Any) -> Any:
    return initial


def _where_it_differs(stored: str, mine: str) -> str:
    """A long text differs in a sentence far below its beginning."""
    equal = next((place for place, pair in enumerate(zip(stored, mine, strict=False)) if len(set(pair)) > 1), len(mine))
    start = max(min(equal, len(stored)) - 60, 0)
    return Truncator(("…" if start else "") + stored[start:]).chars(300)


def _added(row: Model, names: set[str]) -> str:
    says = [getattr(row, field.name) for field in row._meta.concrete_fields if field.name in names]
    value = Truncator(" – ".join(force_str(each) for each in says if each)).chars(300)
    message = gettext("Somebody added this meanwhile: “%(value)s”. Open the page in a second window to join the two.")
    return message % {"value": value}


def _shown(row: Model, name: str, stored: Any) -> str:
    label = getattr(row, f"get_{name}_display", None)
    return force_str(label() if label else getattr(row, name, stored))


class GuardedFormSet(BaseInlineFormSet):
    """Mixed into the inlines of a guarded page. A row deleted meanwhile becomes a new one, which is asked about."""

    shown_on_page: Digests = {}
    last_saved = ""
    gone_at: int | None = None

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        if data is not None and (instance := kwargs.get("instance")):
            rows = cast(type[Model], self.model)._default_manager.filter(**{self.fk.name: instance})
            stored = {str(key) for key in rows.values_list("pk", flat=True)}
            data, self.gone_at = self._with_gone_rows_last(data, kwargs["prefix"], stored)
        super().__init__(data, *args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if self.gone_at is not None:
            for form in self.forms[self.gone_at : self.gone_at + 1]:
                form.add_error(
                    None, gettext("Somebody deleted this meanwhile. Save again to keep it, or empty it to let it go.")
                )
        if any(form in self.deleted_forms and _is_changed(form) for form in self.initial_forms):
            raise ValidationError(gettext("Somebody changed this meanwhile. Look at it again before you delete it."))
        self._refuse_what_was_added()

    def _refuse_what_was_added(self) -> None:
        """Django compares the rows of a page with each other; one added meanwhile is not among them, and the database
        would refuse the whole page."""
        model = cast(type[Model], self.model)
        rules = [each for each in model._meta.constraints if isinstance(each, UniqueConstraint)]
        keys = [[name for name in each.fields if name != self.fk.name] for each in rules if self.fk.name in each.fields]
        keys = [key for key in keys if key and set(key) <= set(self.form.base_fields)]
        changed = [form for form in self.forms if form.has_changed() and form not in self.deleted_forms]
        if not keys or not changed:
            return
        on_page = [form.instance.pk for form in self.initial_forms]
        added = model._default_manager.filter(**{self.fk.name: self.instance}).exclude(pk__in=on_page)
        for row in added:
            for form, key in product(changed, keys):
                if not form.errors and all(getattr(row, name) == getattr(form.instance, name) for name in key):
                    says = _added(row, set(form.fields) - {"id", *key, self.fk.name})
                    form.add_error(key[0], f"{says} {self.last_saved}")

    def _with_gone_rows_last(self, data: Any, prefix: str, stored: set[str]) -> tuple[Any, int | None]:
        """Rows that are no longer stored stand behind the others, without their key; those not touched here are left
        out. Also the place of the first of them."""
        try:
            initial, total = int(data[f"{prefix}-INITIAL_FORMS"]), int(data[f"{prefix}-TOTAL_FORMS"])
        except (KeyError, ValueError):
            return data, None
        rows = range(min(initial, total, ROWS_AT_MOST))
        gone = [row for row in rows if data.get(f"{prefix}-{row}-id", "") not in stored]
        if not gone:
            return data, None
        touched = [row for row in gone if _is_touched(data, f"{prefix}-{row}", self.shown_on_page)]
        order = [*(row for row in range(min(total, ROWS_AT_MOST)) if row not in gone), *touched]
        moved = _reordered(data, prefix, order)
        for place in range(len(order) - len(touched), len(order)):
            moved[f"{prefix}-{place}-id"] = ""
        moved[f"{prefix}-INITIAL_FORMS"], moved[f"{prefix}-TOTAL_FORMS"] = str(initial - len(gone)), str(len(order))
        places = {f"{prefix}-{place}": self.shown_on_page.get(f"{prefix}-{row}", {}) for place, row in enumerate(order)}
        cast(type[GuardedForm], self.form).shown_on_page = {**self.shown_on_page, **places}
        return moved, len(order) - len(touched) if touched else None


def _reordered(data: Any, prefix: str, order: list[int]) -> Any:
    moved = data.copy()
    for name in [name for name in moved if re.match(rf"{re.escape(prefix)}-\d+-", name)]:
        del moved[name]
    for place, row in enumerate(order):
        start = f"{prefix}-{row}-"
        for name in data:
            if name.startswith(start):
                moved.setlist(f"{prefix}-{place}-{name.removeprefix(start)}", data.getlist(name))
    return moved


def _is_touched(data: Any, row: str, shown: Digests) -> bool:
    before = {name: value for name, value in shown.get(row, {}).items() if name not in ("id", "DELETE")}
    return any(f"{row}-{name}" in data and digest(data[f"{row}-{name}"]) != value for name, value in before.items())


def _is_changed(form: BaseModelForm) -> bool:
    shown = cast(GuardedForm, form).shown_on_page.get(form.prefix or "", {})
    now = shown_values(form)
    return any(now.get(name, before) != before for name, before in shown.items())
