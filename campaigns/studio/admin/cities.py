"""Cities and their names."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from petitions.admin.languages import WRITES_LANGUAGES, LanguagesAdmin
from petitions.loading import loaded

from ...models import City, CityName
from ...staff.filters import CountryFilter
from ...staff.search import found, places_of_city

SHORT_TEXT: dict[type[models.Field], dict[str, Any]] = {
    models.TextField: {"widget": forms.Textarea(attrs={"rows": 2, "cols": 40, "dir": "auto"})}
}


class CityNameInline(admin.TabularInline):
    model = CityName
    fields = ("language", "name", "also_written")
    formfield_overrides = WRITES_LANGUAGES | SHORT_TEXT
    verbose_name_plural = _("Names, language by language")
    extra = 0


class CityCountryFilter(CountryFilter):
    field = "country"


@admin.register(City)
class CityAdmin(LanguagesAdmin):
    inlines = [CityNameInline]
    list_display = ("__str__", "native_name", "native_language", "time_zone", "known_names")
    list_filter = (CityCountryFilter,)
    # Only that there is a box: `get_search_results` looks.
    search_fields = ("slug",)
    search_help_text = _("A name in any language.")
    fieldsets = (
        (None, {"fields": ("slug", "native_name", "native_language", "country", "region")}),
        (_("Where it lies"), {"fields": (("latitude", "longitude"), "time_zone")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[City]:
        return super().get_queryset(request).prefetch_related(loaded("names"))

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        return found(queryset, search_term, places_of_city), False

    @admin.display(description=_("names"))
    def known_names(self, city: City) -> str:
        return ", ".join(f"{name.name} ({name.language})" for name in city.loaded_names)
