"""Cities, their names, and the spellings that signers use."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from petitions.admin.languages import WRITES_LANGUAGES, LanguagesAdmin
from petitions.admin.words import Row
from petitions.loading import loaded

from ...models import City, CityName
from ...staff.filters import CountryFilter
from ...staff.search import found, places_of_city
from ..naming import forget_names, settle_names
from ..spellings import SpellingForm, SpellingsOf

SHORT_TEXT: dict[type[models.Field], dict[str, Any]] = {
    models.TextField: {"widget": forms.Textarea(attrs={"rows": 2, "cols": 40, "dir": "auto"})}
}


class CityNameInline(Row):
    model = CityName
    fields = ("language", "name", "also_written")
    formfield_overrides = WRITES_LANGUAGES | SHORT_TEXT
    verbose_name_plural = _("Names, language by language")
    extra = 0


class CityCountryFilter(CountryFilter):
    field = "country"


@admin.register(City)
class CityAdmin(LanguagesAdmin):
    change_form_template = "admin/campaigns/city_change_form.html"
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

    def save_related(self, request: HttpRequest, form: forms.ModelForm, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        settle_names(form.instance)

    def delete_model(self, request: HttpRequest, obj: City) -> None:
        forget_names(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[City]) -> None:
        for city in queryset:
            forget_names(city)

    def get_urls(self) -> list[Any]:
        own = path("<int:pk>/spellings/", self.admin_site.admin_view(self.spellings), name="campaigns_city_spellings")
        return [own, *super().get_urls()]

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def spellings(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What signers wrote: which spellings count for this city, and which could."""
        city = get_object_or_404(City.objects.select_related("place"), pk=pk)
        if not self.has_view_permission(request, city):
            raise PermissionDenied
        if request.method == "POST":
            return self._decide(request, city)
        context = self.admin_site.each_context(request) | {
            "title": gettext("Spellings of %(city)s") % {"city": city.native_name},
            "city": city,
            "spellings": SpellingsOf(city),
            "may_decide": self.has_change_permission(request, city),
        }
        return TemplateResponse(request, "admin/campaigns/city_spellings.html", context)

    def _decide(self, request: HttpRequest, city: City) -> HttpResponse:
        if not self.has_change_permission(request, city):
            raise PermissionDenied
        assert request.user.is_authenticated
        form = SpellingForm(request.POST, spellings=SpellingsOf(city))
        if form.is_valid() and form.decide(request.user):
            messages.success(request, form.said)
        else:
            messages.warning(request, _("This spelling is not as your page showed it. Please look again."))
        return redirect("admin:campaigns_city_spellings", city.pk)

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        return found(queryset, search_term, places_of_city), False

    @admin.display(description=_("names"))
    def known_names(self, city: City) -> str:
        return ", ".join(f"{name.name} ({name.language})" for name in city.loaded_names)
