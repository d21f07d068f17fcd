"""Targets and how to reach them."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from petitions.admin.languages import WRITES_LANGUAGES, LanguagesAdmin

from ..models import Contact, Target, TargetText
from .cities import SHORT_TEXT
from .filters import CountryFilter


class TargetTextInline(admin.TabularInline):
    model = TargetText
    fields = ("language", "office", "salutation")
    formfield_overrides = WRITES_LANGUAGES
    verbose_name_plural = _("Office and salutation, language by language")

    def get_extra(self, request: HttpRequest, obj: Target | None = None, **kwargs: object) -> int:
        return 0 if obj else 1


class ContactInline(admin.TabularInline):
    model = Contact
    fields = ("kind", "value", "language", "position")
    formfield_overrides = WRITES_LANGUAGES | SHORT_TEXT

    def get_extra(self, request: HttpRequest, obj: Target | None = None, **kwargs: object) -> int:
        return 0 if obj else 2


class TargetCountryFilter(CountryFilter):
    field = "city__country"


@admin.register(Target)
class TargetAdmin(LanguagesAdmin):
    inlines = [TargetTextInline, ContactInline]
    list_display = ("__str__", "native_name", "office", "city", "ways")
    list_filter = (TargetCountryFilter,)
    list_select_related = ("city",)
    autocomplete_fields = ("city",)
    search_fields = ("name", "native_name", "texts__office", "city__slug", "city__names__name")
    search_help_text = _("A name, an office or a city.")
    fieldsets = ((None, {"fields": ("name", ("native_name", "native_language"), "city")}),)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Target]:
        return super().get_queryset(request).select_related("city").prefetch_related("texts", "contacts")

    @admin.display(description=_("office"))
    def office(self, target: Target) -> str:
        return next((text.office for text in target.texts.all()), "–")

    @admin.display(description=_("contacts"))
    def ways(self, target: Target) -> str:
        return ", ".join(dict.fromkeys(str(contact.get_kind_display()) for contact in target.contacts.all())) or "–"
