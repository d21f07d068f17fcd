"""The signer's acts: sign, confirm, withdraw, change, stop mails, take the data home, erase."""

from dataclasses import dataclass, fields
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from post_office.models import STATUS, Email

from . import counting
from .addresses import canonical_address
from .consent import record_of_text
from .mail import MAILS_A_SIGNATURE, mail_already_signed, mail_signature_confirmation
from .models import Comment, Petition, PetitionText, Signature
from .names import city_key

CAN_BE_CONFIRMED = (Signature.State.PENDING, Signature.State.WITHDRAWN)

# The database holds "one signature per address", whoever comes first. A second signing changes what a
# signature says only until it is confirmed: its owner may mend a misspelt name, nobody else's is touched.
SIGN_SQL = """
    INSERT INTO petitions_signature AS signed ({columns}, state, mail_count)
    VALUES ({values}, 'pending', 1)
    ON CONFLICT (petition_id, canonical_email) DO UPDATE SET
        mail_count = LEAST(signed.mail_count + 1, {mails} + 1), {changes}
    RETURNING id, state, mail_count, mails_stopped_at
"""
KEPT_ON_CONFLICT = frozenset(["petition_id", "canonical_email"])


@dataclass(frozen=True)
class SigningDetails:
    """What a signer writes into the form."""

    name: str
    email: str
    country: str
    city: str
    language: str
    visibility: str
    wants_updates: bool
    comment: str = ""
    review_reason: str = ""


def sign(petition: Petition, text: PetitionText, details: SigningDetails) -> Signature:
    """Store the signature and queue its mail. Whether the address is new or known, the page answers the same."""
    with transaction.atomic():
        signature = _insert_or_meet(petition, text, details)
        if details.comment:
            Comment.objects.create(
                petition=petition, signature=signature, text=details.comment, language=details.language
            )
        if signature.mail_count <= MAILS_A_SIGNATURE and signature.mails_stopped_at is None:
            if signature.state in CAN_BE_CONFIRMED:
                mail_signature_confirmation(signature)
            else:
                mail_already_signed(signature)
    return signature


def _insert_or_meet(petition: Petition, text: PetitionText, details: SigningDetails) -> Signature:
    row: dict[str, Any] = {
        field.name: getattr(details, field.name) for field in fields(details) if field.name != "comment"
    }
    row |= {
        "petition_id": petition.pk,
        "canonical_email": canonical_address(details.email),
        "city_key": city_key(details.city),
        "signed_text_id": record_of_text(petition, text).pk,
        "signed_at": timezone.now(),
    }
    changes = (
        f"{column} = CASE WHEN signed.state IN ('pending', 'withdrawn') THEN EXCLUDED.{column} ELSE signed.{column} END"
        for column in row
        if column not in KEPT_ON_CONFLICT
    )
    statement = SIGN_SQL.format(
        columns=", ".join(row),
        values=", ".join(["%s"] * len(row)),
        mails=MAILS_A_SIGNATURE,
        changes=", ".join(changes),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, list(row.values()))
        pk, state, mail_count, mails_stopped_at = cursor.fetchone()
    signature = Signature(pk=pk, state=state, mail_count=mail_count, mails_stopped_at=mails_stopped_at, **row)
    signature.petition = petition
    return signature


def confirm(signature: Signature) -> bool:
    """Count the signature. True where this very call did it; every later call changes nothing."""
    now = timezone.now()
    with transaction.atomic():
        changed = Signature.objects.filter(pk=signature.pk, state__in=CAN_BE_CONFIRMED).update(
            state=Signature.State.CONFIRMED, confirmed_at=now, withdrawn_at=None
        )
        if not changed:
            return False
        signature.state = Signature.State.CONFIRMED
        signature.confirmed_at = now
        counting.record(signature, +1)
        signature.comments.filter(confirmed_at__isnull=True).update(confirmed_at=now)
    return True


def withdraw(signature: Signature) -> bool:
    """Take the name back. True where this call did it."""
    now = timezone.now()
    with transaction.atomic():
        locked = Signature.objects.select_for_update().get(pk=signature.pk)
        if locked.state not in (Signature.State.CONFIRMED, Signature.State.PENDING):
            return False
        if locked.is_confirmed:
            counting.record(locked, -1)
        Signature.objects.filter(pk=locked.pk).update(
            state=Signature.State.WITHDRAWN, withdrawn_at=now, wants_updates=False
        )
    signature.refresh_from_db()
    return True


def change(signature: Signature, **changes: Any) -> None:
    """Change name, city, country, visibility or wish for news; counts by place follow."""
    with transaction.atomic():
        locked = Signature.objects.select_for_update().get(pk=signature.pk)
        moves = locked.is_confirmed and (changes.keys() & {"country", "city"})
        if moves:
            counting.record(locked, -1)
        if "city" in changes:
            changes["city_key"] = city_key(changes["city"])
        for field, value in changes.items():
            setattr(locked, field, value)
        locked.save(update_fields=list(changes))
        if moves:
            counting.record(locked, +1)
    signature.refresh_from_db()


def stop_mails(signature: Signature) -> None:
    """No further mail to this address for this petition, whoever types it in."""
    Signature.objects.filter(pk=signature.pk, mails_stopped_at__isnull=True).update(
        mails_stopped_at=timezone.now(), wants_updates=False
    )


def erase(signature: Signature) -> None:
    """Withdraw and delete everything about this signer under this petition: signature, comments and kept mails."""
    with transaction.atomic():
        withdraw(signature)
        # A mail still in the queue may belong to another petition: it is sent, and deleted with the other sent ones.
        Email.objects.filter(to__iexact=signature.email).exclude(status=STATUS.queued).delete()
        Signature.objects.filter(pk=signature.pk).delete()


def own_data(signature: Signature) -> dict[str, Any]:
    """All that is stored about a signature, for its signer to take home."""
    plain = ["name", "email", "city", "language", "visibility", "wants_updates", "state"]
    times = ["signed_at", "confirmed_at", "withdrawn_at", "mails_stopped_at"]
    data: dict[str, Any] = {field: getattr(signature, field) for field in plain}
    data["country"] = str(signature.country)
    data |= {field: moment.isoformat() if (moment := getattr(signature, field)) else None for field in times}
    data["petition"] = signature.petition.slug
    data["signed_text"] = {
        field: getattr(signature.signed_text, field) for field in ("language", "title", "body", "consent")
    }
    data["comments"] = [
        {"text": comment.text, "state": comment.state, "written_at": comment.created_at.isoformat()}
        for comment in signature.comments.order_by("pk")
    ]
    return data
