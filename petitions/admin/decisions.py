"""What was decided about comments: to be read and filtered only."""

from datetime import date, datetime, timedelta
from typing import Any

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from ..history import what_was_done, who_decided
from ..keyset import parsed_key
from ..loading import loaded
from ..models import Decision, Reason
from .keyset import KeyPagedAdmin

A_RULE = "rule"
DAYS_OFFERED = 14


def _reads_everybodys(request: HttpRequest) -> bool:
    return request.user.has_perm("petitions.view_decision")


class WhoFilter(admin.SimpleListFilter):
    title = _("who")
    parameter_name = "who"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        if not _reads_everybodys(request):
            return []
        staff = get_user_model().objects.filter(is_staff=True).order_by("username")
        return [*((str(user.pk), user.get_username()) for user in staff), (A_RULE, _("a rule"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Decision]) -> QuerySet[Decision]:
        chosen = self.value() or ""
        if chosen == A_RULE:
            return queryset.filter(by=Decision.By.RULE)
        number = parsed_key(chosen)
        return queryset.filter(actor_id=number) if number else queryset


class VerbFilter(admin.SimpleListFilter):
    title = _("decision")
    parameter_name = "verb"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return list(Decision.Verb.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Decision]) -> QuerySet[Decision]:
        return queryset.filter(verb=self.value()) if self.value() in Decision.Verb.values else queryset


class ReasonFilter(admin.SimpleListFilter):
    title = _("reason")
    parameter_name = "reason"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [(each.key, each.title) for each in Reason.objects.prefetch_related(loaded("texts"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Decision]) -> QuerySet[Decision]:
        return queryset.filter(reason__key=self.value()) if self.value() in dict(self.lookup_choices) else queryset


class DayFilter(admin.SimpleListFilter):
    """The last days to choose from; any other by its address, `?day=2026-11-25`."""

    title = _("day")
    parameter_name = "day"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        today = timezone.localdate()
        days = (today - timedelta(days=ago) for ago in range(DAYS_OFFERED))
        return [(day.isoformat(), date_format(day, "SHORT_DATE_FORMAT")) for day in days]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Decision]) -> QuerySet[Decision]:
        try:
            day = date.fromisoformat((self.value() or "")[:10])
            start = timezone.make_aware(datetime(day.year, day.month, day.day))
            return queryset.filter(at__gte=start, at__lt=start + timedelta(days=1))
        except (ValueError, OverflowError):
            return queryset


@admin.register(Decision)
class DecisionAdmin(KeyPagedAdmin):
    list_display = ("at", "who", "what", "of_comment", "why", "note")
    list_filter = (WhoFilter, VerbFilter, ReasonFilter, DayFilter)
    list_select_related = ("reason", "undoes")
    fields = ("at", "who", "by", "what", "of_comment", "why", "note", "state_before", "state_after", "seen")
    search_fields = ("comment_number",)
    search_help_text = _("The number of a comment.")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Decision]:
        rows = super().get_queryset(request).prefetch_related(loaded("reason__texts"))
        return rows if _reads_everybodys(request) else rows.filter(actor_id=request.user.pk)

    def has_view_permission(self, request: HttpRequest, obj: Decision | None = None) -> bool:
        """Moderators read their own."""
        return _reads_everybodys(request) or request.user.has_perm("petitions.moderate_comment")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Decision], search_term: str
    ) -> tuple[QuerySet[Decision], bool]:
        number = search_term.strip().lstrip("#")
        if not number:
            return queryset, False
        key = parsed_key(number)
        return (queryset.filter(comment_number=key) if key else queryset.none()), False

    @admin.display(description=_("who"))
    def who(self, decision: Decision) -> str:
        return who_decided(decision)

    @admin.display(description=_("decision"))
    def what(self, decision: Decision) -> str:
        return what_was_done(decision)

    @admin.display(description=_("reason"))
    def why(self, decision: Decision) -> str:
        return decision.reason.title if decision.reason else "–"

    @admin.display(description=_("comment"))
    def of_comment(self, decision: Decision) -> SafeString:
        """Its list says so where the comment is gone."""
        url = f"{reverse('admin:petitions_comment_changelist')}?state=all&q={decision.comment_number}"
        return format_html('<a href="{}">#{}</a>', url, str(decision.comment_number))
