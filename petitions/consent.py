"""What a signer agrees to, and the record of exactly what was signed."""

import hashlib

from django.core.cache import cache
from django.db import transaction
from django.utils.translation import gettext

from .models import Petition, PetitionText, SignedText

REMEMBERED_SECONDS = 300


def consent_text(text: PetitionText) -> str:
    """The sentence beside the button, in the active language. What it promises is kept in the record below."""
    return gettext(
        "By signing you agree: %(recipient)s gets your full name and city, and the public sees what you choose."
    ) % {"recipient": text.addressed_to}


def record_of_text(petition: Petition, text: PetitionText) -> SignedText:
    """The stored copy of this very text and consent; most signers share one row.

    The petition is edited in place by organizers, so a signature points to what stood there when it was given.
    """
    consent = consent_text(text)
    parts = [str(petition.pk), text.language, text.title, text.body, consent, "full name"]
    digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()
    known = cache.get(f"signed-text.{digest}")
    if known:
        return known
    SignedText.objects.bulk_create(
        [
            SignedText(
                digest=digest,
                petition=petition,
                language=text.language,
                title=text.title,
                body=text.body,
                consent=consent,
                promises_full_name=True,
            )
        ],
        ignore_conflicts=True,
    )
    record = SignedText.objects.get(digest=digest)
    # Only what is committed may be remembered: a rolled-back row would haunt every later signer.
    transaction.on_commit(lambda: cache.set(f"signed-text.{digest}", record, REMEMBERED_SECONDS))
    return record
