"""Petitions as on their own, with what their campaigns know: by whose clock they open and close."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from petitions.admin.petitions import PetitionAdmin
from petitions.admin.zones import ZonedAdmin, by_the_clock_of
from petitions.models import Petition

from ..zones import with_zone, zone_of_petition

admin.site.unregister(Petition)


@admin.register(Petition)
class ZonedPetitionAdmin(ZonedAdmin, PetitionAdmin):
    list_display = ("title", "phase", "signatures", "goal", "languages", "opened", "closes")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Petition]:
        return with_zone(super().get_queryset(request))

    def zone_of(self, key: int) -> str | None:
        return zone_of_petition(key)

    @admin.display(description=_("opened"), ordering="opened_at")
    def opened(self, petition: Petition) -> SafeString | str:
        return by_the_clock_of(petition.zone, petition.opened_at)  # type: ignore[attr-defined]

    @admin.display(description=_("closes"), ordering="closes_at")
    def closes(self, petition: Petition) -> SafeString | str:
        return by_the_clock_of(petition.zone, petition.closes_at)  # type: ignore[attr-defined]
