"""Whose clock the pages of staff go by: that of the asked city, where the campaign is read and its mayor is called."""

from django.db.models import CharField, Count, Min, OuterRef, QuerySet, Subquery

from petitions.models import Petition

from ..models import Campaign

ZONE = "asked_city__time_zone"


def zone_of_campaign(key: int) -> str | None:
    return Campaign.objects.filter(pk=key).values_list(ZONE, flat=True).first()


def zone_of_petition(key: int) -> str | None:
    return with_zone(Petition.objects.filter(pk=key)).values_list("zone", flat=True).first()


def with_zone(petitions: QuerySet) -> QuerySet:
    """Petitions that know their `zone`: the one in which all their campaigns lie, if it is one."""
    campaigns = Campaign.objects.filter(petition=OuterRef("pk")).order_by().values("petition")
    alone = campaigns.annotate(zones=Count(ZONE, distinct=True), zone=Min(ZONE)).filter(zones=1)
    return petitions.annotate(zone=Subquery(alone.values("zone"), output_field=CharField()))
