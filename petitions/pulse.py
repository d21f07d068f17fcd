"""That somebody was here just now: the latest name that may be shown."""

from datetime import timedelta

from django.utils import timezone

from .models import Petition, Signature

# Nobody is announced while their mail is still open before them.
QUIET = timedelta(hours=1)
# Older names tell of nobody who was here just now.
STALE = timedelta(days=14)
# In a rush the newest are all younger than QUIET: then the number of the week says more than a name.
LOOKED_AT = 100


def latest_signer(petition: Petition) -> Signature | None:
    """The newest signature with a name or city to show that has been confirmed for a while, by one bounded read."""
    now = timezone.now()
    for signature in Signature.objects.visible().filter(petition=petition).order_by("-pk")[:LOOKED_AT]:
        if signature.confirmed_at and now - STALE <= signature.confirmed_at <= now - QUIET:
            return signature
    return None
