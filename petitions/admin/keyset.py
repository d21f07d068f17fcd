"""Lists paged by key: no row is counted and none is skipped over, so ten million cost what a hundred do."""

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Model, QuerySet
from django.db.models.expressions import Combinable
from django.http import HttpRequest

from ..keyset import page_before

BEFORE = "before"


class KeyChangeList(ChangeList):
    """The newest rows below the key in `?before=`, with a link to older ones."""

    is_paged_by_key = True
    before: str | None = None
    older: str | None = None

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet[Model]:
        self.before = request.GET.get(BEFORE)
        # Filters and searches begin at the newest row again, so no link of theirs may carry the key.
        self.params.pop(BEFORE, None)
        self.filter_params.pop(BEFORE, None)
        return super().get_queryset(request, exclude_parameters)

    def get_ordering(self, request: HttpRequest, queryset: QuerySet[Model]) -> list[str | Combinable]:
        return ["-pk"]

    def get_results(self, request: HttpRequest) -> None:
        page = page_before(self.queryset, self.before, self.list_per_page)
        self.result_list = page.items
        self.result_count = self.full_result_count = len(page.items)
        self.older = self.get_query_string({BEFORE: page.next_before}) if page.next_before else None
        self.newest = None if page.is_first else self.get_query_string()
        self.show_full_result_count = False
        self.show_admin_actions = bool(page.items)
        self.can_show_all = self.multi_page = False


class KeyPagedAdmin(admin.ModelAdmin):
    """A list of rows that come by the million and that staff may look at but not write."""

    list_filter: ClassVar[tuple[type[admin.SimpleListFilter], ...]] = ()
    list_per_page = 100
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    sortable_by = ()

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return KeyChangeList

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Only the filters on the page: `?email__startswith=` would tell addresses to those who may not see them."""
        return lookup in {list_filter.parameter_name for list_filter in self.list_filter}

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
