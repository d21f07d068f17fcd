"""What supporters did in the last weeks, as plain numbers a day."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random

from ..models import Campaign, DeedCount

DAYS = 56
# One deed for so many signatures.
SIGNATURES_A_DEED = {"letter": 16, "mail-app": 30, "pdf": 70, "telephone": 48, "whatsapp": 14, "copy-link": 40}


def add_deeds(campaign: Campaign, signatures: int, now: datetime) -> None:
    random, today = Random(campaign.slug), now.astimezone(UTC).date()
    DeedCount.objects.bulk_create(
        DeedCount(campaign=campaign, channel=channel, day=today - timedelta(days=back), count=count)
        for channel, number in SIGNATURES_A_DEED.items()
        for back, count in Counter(random.randrange(DAYS) for _ in range(signatures // number)).items()
    )
