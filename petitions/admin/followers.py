"""People who follow a petition without signing it."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ..addresses import canonical_address
from ..models import Follower
from .address_reads import AddressReadsAdmin
from .filters import PetitionFilter


@admin.register(Follower)
class FollowerAdmin(AddressReadsAdmin):
    list_display = ("email", "petition", "language", "asked_at", "confirmed_at", "stopped_at")
    list_filter = (PetitionFilter,)
    list_select_related = ("petition",)
    fields = ("petition", "email", "language", "asked_at", "confirmed_at", "stopped_at")
    search_fields = ("canonical_email",)
    search_help_text = _("A whole e-mail address.")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Follower], search_term: str
    ) -> tuple[QuerySet[Follower], bool]:
        term = search_term.strip()
        return (queryset.filter(canonical_email=canonical_address(term)) if term else queryset), False
