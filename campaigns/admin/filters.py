"""Filters: by countries that occur, by when contacts were checked, by whether a report waits."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from ..models import City
from ..target_check import stale_before, to_be_checked


class CountryFilter(admin.SimpleListFilter):
    """`field` leads from the listed model to a city's country."""

    title = _("country")
    parameter_name = "country"
    field = "country"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        codes = City.objects.order_by("country").values_list("country", flat=True).distinct()
        return sorted(((code, countries.name(code)) for code in codes), key=lambda pair: str(pair[1]))

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(**{self.field: self.value()}) if self.value() else queryset


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


class SettledFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [("waiting", _("waiting")), ("settled", _("settled"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        waits = {"waiting": True, "settled": False}.get(self.value() or "")
        return queryset if waits is None else queryset.filter(settled_at__isnull=waits)
