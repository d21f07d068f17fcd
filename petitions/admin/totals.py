"""Numbers of signatures in lists, read from the counts."""

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from ..models import Count


def with_total(queryset: QuerySet, petition: str) -> QuerySet:
    """Add `total`, as last rolled up; `petition` names the column that holds the petition's key."""
    counted = Count.objects.filter(petition_id=OuterRef(petition), dimension=Count.Dimension.TOTAL, key="")
    return queryset.annotate(total=Coalesce(Subquery(counted.values("count")[:1]), 0))
