"""Filters that ask only what an index answers."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..languages import language_name, reader_language
from ..models import Comment, Petition

UNSURE = "unsure"
COUNTED_AT_MOST = 1000


class WrittenInFilter(admin.SimpleListFilter):
    """The languages of the interface and those of the words that wait; of these it says how many."""

    title = _("language")
    parameter_name = "written_in"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        # The numbers are the queue's, which is shown unless another state is chosen.
        counts = Counter[str]() if "state" in request.GET else _waiting()
        tags = {tag for tag, _name in settings.LANGUAGES} | {tag for tag in counts if tag}
        named = sorted((language_name(tag, reader_language()), tag) for tag in tags)
        choices = [(tag, _with_count(name, counts[tag])) for name, tag in named]
        return [*choices, (UNSURE, _with_count(gettext("unsure"), counts[""]))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Model]) -> QuerySet[Model]:
        chosen = self.value()
        return queryset.filter(written_in="" if chosen == UNSURE else chosen) if chosen else queryset


def _waiting() -> Counter[str]:
    """Of the newest: the lists of this size count nothing whole."""
    waiting = Comment.objects.waiting().order_by("-pk")
    return Counter(waiting.values_list("written_in", flat=True)[:COUNTED_AT_MOST])


def _with_count(name: str, count: int) -> str:
    return f"{name} ({count})" if count else name


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
