"""What providers report of mail that came back or was called spam: the address gets no more mail from this site."""

from datetime import datetime
from typing import Any

from django.db.models.functions import Coalesce, Now
from django.utils import timezone

from ..addresses import canonical_address
from ..keyset import parsed_key
from ..models import OutboxMail, Suppression
from ..suppression import suppress

# Anymail's words for what happened (docs: "Tracking sent mail status"). A soft bounce is `deferred`.
REASONS = {
    "bounced": Suppression.Reason.BOUNCED,
    "rejected": Suppression.Reason.BOUNCED,
    "complained": Suppression.Reason.COMPLAINED,
}


def report(event_type: str, recipient: str, outbox_key: str, said: str, at: datetime | None = None) -> bool:
    """Remember what was reported of one mail; whether it mattered. Reported twice it is remembered once."""
    reason = REASONS.get(event_type)
    if reason is None or not recipient or len(recipient) > 254:
        return False
    suppress(None, canonical_address(recipient), reason, at)
    if key := parsed_key(outbox_key):
        OutboxMail.objects.filter(pk=key).update(
            state=OutboxMail.State.FAILED,
            # A provider may be quicker than the sender that records what it took.
            finished_at=Coalesce("finished_at", Now()),
            claimed_until=None,
            last_error=f"{event_type}: {said}"[:300],
        )
    return True


class TrackingReceiver:
    """Takes the place of Anymail's signal in its webhook views."""

    def send(self, *, event: Any, **_context: Any) -> None:
        metadata = event.metadata or {}
        said = str(event.reject_reason or "")
        at = event.timestamp if event.timestamp and timezone.is_aware(event.timestamp) else None
        report(event.event_type, event.recipient or "", str(metadata.get("outbox", "")), said, at)
