"""What stands out: each hour's shares against the petition's own last week, by one plain rule. Told to organizers."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import F, QuerySet, Sum, Window
from django.utils import timezone

from ..models import OutboxMail, TrendCount, TrendFinding
from ..models.trends import ORDINARY, RARE, Dimension
from .trends import merge_rare

# Fewer alike are a family, an office or chance, whatever their share.
LEAST_COUNT = 30
# How much more of the hour than usual it must be, at least; networks and domains are many, so a little is much.
MARGIN = dict.fromkeys(Dimension, 0.2) | {Dimension.NETWORK: 0.05, Dimension.DOMAIN: 0.1}
# Times the usual swing (median absolute deviation), which one odd hour of the week does not move.
SWINGS = 6
HISTORY = timedelta(days=7)
# Without so many hours before it nobody can say what is usual. A network has none: as good as never the same one.
LEAST_HOURS = 3
LOOKED_BACK = timedelta(hours=2)
RIGHT = "petitions.invalidate_signature"


def judge() -> int:
    """Look at the last hours; how many findings are new. They and their one mail are written together."""
    merge_rare()
    now = timezone.now()
    found = [finding for row in _large(now) if (finding := _judged(row, now)) is not None]
    with transaction.atomic():
        before = TrendFinding.objects.count()
        TrendFinding.objects.bulk_create(found, ignore_conflicts=True)
        new = TrendFinding.objects.count() - before
        if new:
            _tell(now)
    return new


def _large(now: datetime) -> Iterator[Any]:
    """Keys of the last hours that many share, with the total of their hour and dimension."""
    # Confirmations are counted an hour after the signatures.
    since = now - LOOKED_BACK - timedelta(hours=1)
    total = Window(Sum("count"), partition_by=[F("petition_id"), F("hour"), F("dimension")])
    rows = TrendCount.objects.filter(hour__gt=since).annotate(of_total=total).order_by("hour", "pk")
    yield from (row for row in rows if row.count >= LEAST_COUNT and row.key not in (ORDINARY, RARE))


def _judged(row: Any, now: datetime) -> TrendFinding | None:
    of_total: int = row.of_total
    dimension = Dimension(row.dimension)
    share, margin = row.count / of_total, MARGIN[dimension]
    # Nothing is usual that is so rare; this spares reading the week for most keys.
    if share < margin:
        return None
    shares = _shares_before(row)
    if len(shares) < LEAST_HOURS and dimension != Dimension.NETWORK:
        return None
    usual = median(shares) if shares else 0.0
    swing = median(abs(each - usual) for each in shares) if shares else 0.0
    if share < usual + max(margin, SWINGS * swing):
        return None
    return TrendFinding(
        petition_id=row.petition_id,
        dimension=dimension,
        key=row.key,
        day=row.hour.astimezone(UTC).date(),
        hour=row.hour,
        count=row.count,
        of_total=of_total,
        usual_percent=round(100 * usual),
        found_at=now,
    )


def _shares_before(row: TrendCount) -> list[float]:
    """The key's share in each hour of the week before in which anybody signed."""
    week: QuerySet[TrendCount] = TrendCount.objects.filter(
        petition=row.petition_id, dimension=row.dimension, hour__gte=row.hour - HISTORY, hour__lt=row.hour
    )
    totals: dict[datetime, int] = defaultdict(int)
    own: dict[datetime, int] = {}
    for hour, key, count in week.values_list("hour", "key", "count"):
        totals[hour] += count
        if key == row.key:
            own[hour] = count
    return [own.get(hour, 0) / total for hour, total in totals.items()]


def _tell(now: datetime) -> None:
    """One mail to each organizer, of all that was found just now: it is known by its time."""
    people = get_user_model().objects.with_perm(RIGHT)
    OutboxMail.objects.bulk_create(
        OutboxMail(kind=OutboxMail.Kind.FINDINGS, staff=person, language=settings.LANGUAGE_CODE, created_at=now)
        for person in people.filter(is_active=True, is_staff=True).exclude(email="")
    )
