"""What staff did: to be read only."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ..keyset import parsed_key
from ..models import StaffAct
from .keyset import KeyPagedAdmin

KINDS = (
    "comment",
    "signature",
    "follower",
    "petition",
    "campaign",
    "contactreport",
    "mailing",
    "invalidation",
    "objection",
)


@admin.register(StaffAct)
class StaffActAdmin(KeyPagedAdmin):
    list_display = ("at", "actor_name", "verb", "object_kind", "number", "note")
    fields = list_display
    search_fields = ("object_id",)
    search_help_text = _("The number of a comment, a signature, a petition or a campaign.")

    @admin.display(description=_("number"))
    def number(self, act: StaffAct) -> str:
        """Without separators, as the search takes it."""
        return str(act.object_id)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[StaffAct], search_term: str
    ) -> tuple[QuerySet[StaffAct], bool]:
        number = search_term.strip().lstrip("#")
        if not number:
            return queryset, False
        key = parsed_key(number)
        return (queryset.filter(object_kind__in=KINDS, object_id=key) if key else queryset.none()), False
