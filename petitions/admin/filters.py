"""Filters that ask only what an index answers."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ..models import Petition


class LanguageFilter(admin.SimpleListFilter):
    """The interface's languages: people write in the language they read the page in."""

    title = _("language")
    parameter_name = "language"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return list(settings.LANGUAGES)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Model]) -> QuerySet[Model]:
        return queryset.filter(language=self.value()) if self.value() else queryset


class PetitionFilter(admin.SimpleListFilter):
    """A drop-down: there are hundreds of petitions."""

    title = _("petition")
    parameter_name = "petition"
    template = "admin/petitions/select_filter.html"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [(str(pk), slug) for pk, slug in Petition.objects.order_by("slug").values_list("pk", "slug")]

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        self.kept_parameters = [
            (name, value)
            for name, values in changelist.filter_params.items()
            if name != self.parameter_name
            for value in values
        ]
        yield {"selected": self.value() is None, "value": "", "display": _("All")}
        for value, display in self.lookup_choices:
            yield {"selected": self.value() == value, "value": value, "display": display}

    def queryset(self, request: HttpRequest, queryset: QuerySet[Model]) -> QuerySet[Model]:
        chosen = self.value() or ""
        return queryset.filter(petition=int(chosen)) if chosen in dict(self.lookup_choices) else queryset
