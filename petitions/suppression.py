"""Addresses that are not to be written to, known again by a keyed hash."""

from .addresses import address_hash, address_hashes
from .models import Petition, Suppression


def suppress(petition: Petition, canonical_email: str, reason: Suppression.Reason) -> None:
    """Where an older key's hash remembers the address already, today's is added: that key will go one day."""
    Suppression.objects.get_or_create(petition=petition, address_hash=address_hash(canonical_email), reason=reason)


def is_suppressed(petition: Petition, canonical_email: str) -> bool:
    """Whether this address asked to get no mail about this petition, through whichever form."""
    found = Suppression.objects.filter(petition=petition, address_hash__in=address_hashes(canonical_email))
    return found.filter(reason=Suppression.Reason.STOPPED).exists()
