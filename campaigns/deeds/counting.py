"""Counting what people do for a campaign without watching them: a number a channel and day, and nobody's name."""

from dataclasses import dataclass
from datetime import UTC, date, timedelta

from django.db import connection
from django.db.models import Q, Sum
from django.utils import timezone

from petitions.throttling import DEEDS_BY_NETWORK, ONE_DEED, count

from ..models import Campaign, DeedCount
from ..models.deeds import CHANNELS_OF_NETWORKS, act_of

COUNT_SQL = """
    INSERT INTO campaigns_deedcount AS counted (campaign_id, channel, day, count) VALUES (%s, %s, %s, 1)
    ON CONFLICT (campaign_id, channel, day) DO UPDATE SET count = counted.count + 1
"""


@dataclass(frozen=True)
class Reader:
    """As much of a person as tells a reload from another reader. Only a keyed hash is kept, and that for a day."""

    network: str
    browser: str


def today() -> date:
    return timezone.now().astimezone(UTC).date()


def record(campaign_id: int, channel: str, reader: Reader) -> bool:
    """Count one deed a reader, campaign, channel and day (UTC); whether it was counted.

    Call it outside any transaction, as all throttling.
    """
    who = f"{reader.network}|{reader.browser}|{campaign_id}|{channel}"
    # The network first: past its limit a script that changes its name leaves no more rows.
    if count((DEEDS_BY_NETWORK, reader.network)) or count((ONE_DEED, who)):
        return False
    with connection.cursor() as cursor:
        cursor.execute(COUNT_SQL, [campaign_id, channel, today()])
    return True


@dataclass(frozen=True)
class Row:
    """How often a deed was done: today, in the last 7 and 30 days with today, and ever."""

    name: str
    counts: tuple[int, int, int, int]


@dataclass(frozen=True)
class ActRows:
    """One act in all, and by each channel that was used."""

    act: DeedCount.Act
    channels: list[Row]

    @property
    def in_all(self) -> Row:
        today, week, month, ever = (
            sum(numbers) for numbers in zip(*(row.counts for row in self.channels), strict=True)
        )
        return Row(str(self.act.label), (today, week, month, ever))


def times_done(campaign: Campaign, channel: str) -> int:
    """How often people did it for a campaign, ever."""
    return DeedCount.objects.filter(campaign=campaign, channel=channel).aggregate(ever=Sum("count", default=0))["ever"]


def totals(campaign: Campaign) -> list[ActRows]:
    """What was counted for a campaign, in the order of acts and channels, in one statement."""
    day = today()
    since = {"today": day, "week": day - timedelta(days=6), "month": day - timedelta(days=29)}
    sums = {name: Sum("count", filter=Q(day__gte=first), default=0) for name, first in since.items()}
    counted = (
        DeedCount.objects.filter(campaign=campaign).order_by().values("channel").annotate(**sums, ever=Sum("count"))
    )
    numbers = {channel: counts for channel, *counts in counted.values_list("channel", *sums, "ever")}
    acts: dict[DeedCount.Act, list[Row]] = {act: [] for act in DeedCount.Act}
    for channel, label in [*DeedCount.Channel.choices, *CHANNELS_OF_NETWORKS]:
        if channel in numbers:
            acts[act_of(channel)].append(Row(str(label), tuple(numbers[channel])))
    return [ActRows(act, rows) for act, rows in acts.items() if rows]
