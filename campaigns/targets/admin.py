"""Targets and how to reach them."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import models
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import format_lazy
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from petitions.admin.languages import WRITES_LANGUAGES
from petitions.admin.words import Row
from petitions.languages import best_text, reader_language
from petitions.loading import loaded

from ..models import Closure, Contact, ContactReport, OpeningHours, Target, TargetText
from ..staff.change_pages import ChangePageAdmin
from ..staff.filters import CountryFilter
from ..staff.search import found_targets
from .checks import check_target, name_of, stale_before, to_be_checked, verification

# Telephones show their own clock and calendar for these.
TIMES: dict[type[models.Field], dict[str, Any]] = {
    models.TimeField: {"widget": forms.TimeInput(format="%H:%M", attrs={"type": "time"})},
    models.DateField: {"widget": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})},
}
WHOLE_ADDRESS: dict[type[models.Field], dict[str, Any]] = {
    models.TextField: {"widget": forms.Textarea(attrs={"rows": 4, "cols": 40, "dir": "auto"})}
}
HOURS_BELOW = format_lazy('<a href="#opening_hours-group">{}</a>', _("The hours are written further below."))
REPORTS_SHOWN = 20


class VerifiedFilter(admin.SimpleListFilter):
    """By when the contacts were last checked."""

    title = _("contacts checked")
    parameter_name = "verified"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [
            ("due", _("to be checked, in published campaigns")),
            ("never", _("never")),
            ("stale", _("more than half a year ago")),
            ("fresh", _("in the last half year")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        choices = {
            "due": to_be_checked(),
            "never": Q(verified_on=None),
            "stale": Q(verified_on__lt=stale_before()),
            "fresh": Q(verified_on__gte=stale_before()),
        }
        return queryset.filter(choices.get(self.value() or "", Q()))


class TargetTextInline(Row):
    model = TargetText
    fields = ("language", "office", "salutation")
    formfield_overrides = WRITES_LANGUAGES
    verbose_name_plural = _("Office and salutation, language by language")

    def get_extra(self, request: HttpRequest, obj: Target | None = None, **kwargs: object) -> int:
        return 0 if obj else 1


class ContactInline(Row):
    model = Contact
    fields = ("kind", "value", "language", "position")
    formfield_overrides = WRITES_LANGUAGES | WHOLE_ADDRESS

    def get_extra(self, request: HttpRequest, obj: Target | None = None, **kwargs: object) -> int:
        return 0 if obj else 2


class OpeningHoursInline(Row):
    model = OpeningHours
    formfield_overrides = TIMES
    verbose_name = _("line")
    verbose_name_plural = _("When they answer the telephone, in their own time: a line for morning, one for afternoon")
    extra = 0


class ClosureForm(forms.ModelForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if last := self.fields.get("ends_on"):
            last.required = False
            last.help_text = _("Leave it empty for a single day.")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if "ends_on" not in self.errors and not data.get("ends_on"):
            data["ends_on"] = data.get("starts_on")
        return data


class ClosureInline(Row):
    model = Closure
    form = ClosureForm
    formfield_overrides = TIMES
    verbose_name = _("line")
    verbose_name_plural = _("Other days on which they are closed, such as summer holidays")
    extra = 0


class TargetCountryFilter(CountryFilter):
    field = "city__country"


@admin.register(Target)
class TargetAdmin(ChangePageAdmin):
    change_form_template = "admin/campaigns/target_change_form.html"
    inlines = [TargetTextInline, ContactInline, OpeningHoursInline, ClosureInline]
    list_display = ("person", "native_name", "office", "city", "ways", "verified")
    list_filter = (VerifiedFilter, TargetCountryFilter)
    list_select_related = ("city",)
    autocomplete_fields = ("city",)
    actions = ("contacts_checked",)
    # Only that there is a box: `get_search_results` looks.
    search_fields = ("name",)
    search_help_text = _("A name, an office, a city, an e-mail or postal address, or a telephone number.")
    fieldsets = (
        (None, {"fields": ("name", ("native_name", "native_language"), "city")}),
        (
            _("When the contacts were checked"),
            {
                "fields": ("verified_on", "source"),
                "description": _("Call or look it up, then press “Today” and save. After half a year we ask again."),
            },
        ),
        (
            _("Office hours"),
            {
                "fields": ("closes_on_holidays",),
                "description": HOURS_BELOW,
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Target]:
        children = [loaded(name) for name in ("texts", "contacts")]
        return super().get_queryset(request).select_related("city").prefetch_related(*children)

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        return found_targets(queryset, search_term), False

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.name == "verified_on":
            field.label = _("Last checked")
        return field

    def page_context(self, request: HttpRequest, row: Target) -> dict[str, Any]:
        reports = row.contact_reports.waiting().select_related("contact")
        return {"missing": [*check_target(row), *verification(row)], "reports": reports[:REPORTS_SHOWN]}

    def save_related(self, request: HttpRequest, form: forms.ModelForm, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        # Read anew: what was fetched for the form is from before.
        if problems := check_target(self.get_queryset(request).get(pk=form.instance.pk)):
            rows = format_html_join("", "<li>{}</li>", ([str(problem)] for problem in problems))
            heading = gettext("To reach this target well, look at this too:")
            self.remark(request, format_html("{}<ul>{}</ul>", heading, rows))

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[Any, Any, set[str], list[Any]]:
        """Nobody may delete a report by itself; with its target it goes."""
        shown, counts, refused, protected = super().get_deleted_objects(objs, request)
        return shown, counts, refused - {str(ContactReport._meta.verbose_name)}, protected

    @admin.action(description=_("Contacts checked today"), permissions=["change"])
    def contacts_checked(self, request: HttpRequest, queryset: QuerySet[Target]) -> None:
        count = queryset.update(verified_on=timezone.localdate())
        message = ngettext(
            "The contacts of %(count)s target are marked as checked today.",
            "The contacts of %(count)s targets are marked as checked today.",
            count,
        )
        messages.success(request, message % {"count": count})

    @admin.display(description=_("target"), ordering="name")
    def person(self, target: Target) -> str:
        """Who it is, or which office where nobody is named."""
        return name_of(target)

    @admin.display(description=_("office"))
    def office(self, target: Target) -> str:
        text = best_text(target.loaded_texts, reader_language()) if target.name else None
        return text.office if text else "–"

    @admin.display(description=_("contacts"))
    def ways(self, target: Target) -> str:
        return ", ".join(dict.fromkeys(str(contact.get_kind_display()) for contact in target.loaded_contacts)) or "–"

    @admin.display(description=_("contacts checked"), ordering="verified_on")
    def verified(self, target: Target) -> SafeString | str:
        if target.verified_on is None:
            return format_html('<span class="is-due">{}</span>', gettext("never"))
        day = date_format(target.verified_on)
        if target.verified_on < stale_before():
            return format_html('{} <small class="is-due">{}</small>', day, gettext("check again"))
        return day
