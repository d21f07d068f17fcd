"""Contacts that visitors say are wrong."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from petitions.admin.outcomes import left_alone, tell
from petitions.loading import loaded

from ..models import ContactReport
from ..staff.problems import page_of
from ..targets.checks import name_of
from .reporting import settle


class SettledFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [("waiting", _("waiting")), ("settled", _("settled"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        waits = {"waiting": True, "settled": False}.get(self.value() or "")
        return queryset if waits is None else queryset.filter(settled_at__isnull=waits)


class SettleForm(forms.ModelForm):
    is_settled = forms.BooleanField(
        label=_("Settled"),
        required=False,
        help_text=_("Mend the contact on the target's page, or find that it is right; then tick here and save."),
    )


@admin.register(ContactReport)
class ContactReportAdmin(admin.ModelAdmin):
    form = SettleForm
    list_display = ("problem", "of_target", "value", "note", "reported_at", "state")
    list_filter = (SettledFilter, "problem")
    list_per_page = 50
    ordering = (F("settled_at").desc(nulls_first=True), "-reported_at")
    sortable_by = ()
    actions = ("mark_settled",)
    search_fields = ("target__name", "target__city__slug", "note")
    search_help_text = _("A target, a city or words of the report.")
    readonly_fields = ("problem", "of_target", "value", "note", "reported_at", "settled_at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[ContactReport]:
        reports = super().get_queryset(request).select_related("target__city", "contact")
        return reports.prefetch_related(loaded("target__texts"))

    def get_fields(self, request: HttpRequest, obj: ContactReport | None = None) -> list[Any]:
        shown = ["problem", "of_target", "value", "note", "reported_at"]
        return [*shown, "settled_at" if obj and obj.settled_at else "is_settled"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: ContactReport | None = None) -> bool:
        is_open = obj is None or obj.settled_at is None
        return is_open and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: ContactReport | None = None) -> bool:
        return False

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        context = {"show_save_and_continue": False} | (extra_context or {})
        return super().changeform_view(request, object_id, form_url, context)

    def save_model(self, request: HttpRequest, obj: ContactReport, form: forms.ModelForm, change: bool) -> None:
        if form.cleaned_data.get("is_settled"):
            assert request.user.is_authenticated
            settle(ContactReport.objects.filter(pk=obj.pk), request.user)

    @admin.action(description=_("Mark as settled"), permissions=["change"])
    def mark_settled(self, request: HttpRequest, queryset: QuerySet[ContactReport]) -> None:
        assert request.user.is_authenticated
        chosen = queryset.count()
        count = settle(queryset, request.user)
        message = ngettext("%(count)s report is settled.", "%(count)s reports are settled.", count)
        reason = gettext("Only reports that wait can be settled.")
        tell(request, message % {"count": count} if count else "", left_alone(chosen - count, reason))

    @admin.display(description=_("target"))
    def of_target(self, report: ContactReport) -> SafeString:
        target = report.target
        return format_html('<a href="{}">{}</a>', page_of(target, "contacts-group"), name_of(target))

    @admin.display(description=_("contact"))
    def value(self, report: ContactReport) -> str:
        if report.contact is None:
            return gettext("the name or the office, or a contact since deleted")
        return f"{report.contact.get_kind_display()}: {report.contact.value}"

    @admin.display(description=_("state"))
    def state(self, report: ContactReport) -> SafeString | str:
        if report.settled_at:
            return gettext("settled on %(date)s") % {"date": date_format(report.settled_at, "SHORT_DATE_FORMAT")}
        return format_html('<span class="is-due">{}</span>', gettext("waits"))
