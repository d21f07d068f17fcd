"""Addresses that are not to be written to, known again by a keyed hash."""

from .addresses import address_hash
from .models import Petition, Suppression


def suppress(petition: Petition, canonical_email: str, reason: Suppression.Reason) -> None:
    Suppression.objects.get_or_create(petition=petition, address_hash=address_hash(canonical_email), reason=reason)


def is_suppressed(petition: Petition, canonical_email: str) -> bool:
    """Whether this address asked to get no mail about this petition, through whichever form."""
    found = Suppression.objects.filter(petition=petition, address_hash=address_hash(canonical_email))
    return found.filter(reason=Suppression.Reason.STOPPED).exists()
