"""Which signatures an invalidation means, and which of them look honest."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Lower

from ..models import Invalidation, Signature
from ..name_patterns import PATTERNS, NamePattern

State = Signature.State

# Nobody reads a mail and finds its button sooner.
HASTY = timedelta(seconds=5)
# As many of one network or one name are a crowd within what is chosen: a family, an office or a class is smaller.
CROWD = 40
NAMESAKES = 10
SAMPLE = 8


def matching(asked: Invalidation) -> QuerySet[Signature]:
    """Those that it would take now. The petition's index finds them; all else is looked at row by row."""
    states = [State.CONFIRMED, State.HELD, *([State.PENDING] if asked.takes_pending else [])]
    rows = Signature.objects.filter(petition=asked.petition_id, state__in=states)
    asks: list[tuple[str, Any]] = [
        ("signed_at__gte", asked.signed_from),
        ("signed_at__lt", asked.signed_until),
        ("confirmed_at__gte", asked.confirmed_from),
        ("confirmed_at__lt", asked.confirmed_until),
        ("confirmed_at__lt", _after_signing(asked.delay_below)),
        ("confirmed_at__gt", _after_signing(asked.delay_above)),
        ("country", asked.country),
        ("name__iexact", asked.name),
        ("review_reason", asked.review_reason),
        ("held_reason", asked.held_reason),
        ("network_hash", asked.network_hash),
        ("canonical_email__endswith", asked.mail_domain and f"@{asked.mail_domain}"),
        ("lower_name__regex", asked.name_pattern and PATTERNS[NamePattern(asked.name_pattern)]),
    ]
    wanted = [Q(ask) for ask in asks if ask[1] not in (None, "")]
    return rows.annotate(lower_name=Lower("name")).filter(*wanted)


def _after_signing(seconds: int | None) -> CombinedExpression | None:
    return None if seconds is None else F("signed_at") + timedelta(seconds=seconds)


@dataclass(frozen=True)
class Preview:
    """What would be taken: how many, how many of these look honest, and some of them."""

    count: int
    confirmed: int
    honest: int
    sample: list[Signature]
    honest_sample: list[Signature]

    @property
    def honest_percent(self) -> int:
        return round(100 * self.honest / self.count) if self.count else 0


def preview(asked: Invalidation) -> Preview:
    chosen = matching(asked).filter(pk__lt=asked.below)
    counts = chosen.aggregate(count=Count("pk"), confirmed=Count("pk", filter=Q(confirmed_at__isnull=False)))
    honest = looking_honest(chosen)
    samples = [list(rows.order_by("-pk")[:SAMPLE]) for rows in (chosen, honest)]
    return Preview(counts["count"], counts["confirmed"], honest.count(), *samples)


def looking_honest(chosen: QuerySet[Any]) -> QuerySet[Any]:
    """By a plain rule, which the page tells: unmarked, an ordinary name, confirmed without haste, no part of a crowd.

    A crowd is one network or one name that many of the chosen share.
    """
    crowds = _shared_by(chosen.exclude(network_hash=None), "network_hash", CROWD)
    namesakes = _shared_by(chosen, "name", NAMESAKES)
    honest = chosen.filter(review_reason="", held_reason="").exclude(confirmed_at__lt=F("signed_at") + HASTY)
    for rule in PATTERNS.values():
        honest = honest.exclude(lower_name__regex=rule)
    return honest.exclude(name__in=namesakes).filter(Q(network_hash=None) | ~Q(network_hash__in=crowds))


def _shared_by(chosen: QuerySet[Any], field: str, times: int) -> list[str]:
    shared = chosen.order_by().values_list(field).annotate(times=Count("pk")).filter(times__gte=times)
    # More than a few hundred crowds are one: the first ones take most of it.
    return [value for value, _times in shared.order_by("-times")[:500]]
