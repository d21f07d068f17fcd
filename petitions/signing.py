"""The signer's acts: sign, confirm, withdraw, change what is shown, stop mails."""

import hashlib
from dataclasses import dataclass, fields, replace
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from . import counting
from .address_hashes import address_hashes, network_hash
from .addresses import canonical_address
from .consent import record_of_text
from .lifecycle import NotOpenError
from .lists import Verdict, kept_lists
from .mail.outbox import MAILS_A_DAY
from .models import Act, Comment, Petition, PetitionText, Signature, Suppression
from .origin import Address
from .places import city_key
from .shown_names import proposed_shown_name
from .suppression import suppress
from .throttling import signing_wait

APPROVED = Q(state=Comment.State.APPROVED)
UNDECIDED: dict[str, Any] = {"state": Comment.State.PENDING, "decided_at": None}

# One statement: whether the petition is open at this very moment, the signature, and the mail that tells of it.
#
# Every form is noted as one, whether it made a row or met one: the public number must not tell who has signed.
#
# The database holds "one signature per address", whoever comes first. A second signing changes what a
# signature says only until it is confirmed: its owner may mend a misspelt name, nobody else's is touched.
# Past that the stored address is written to, never the one typed now: it may be another person's mailbox.
SIGN_SQL = """
    WITH signed AS (
        INSERT INTO petitions_signature AS signed ({columns}, held_reason, held_by, review_reason, state)
        SELECT {values}, %s, %s,
            COALESCE(NULLIF(%s, ''), (SELECT 'invalidated before' FROM {suppressed} 'invalidated' LIMIT 1), ''),
            'pending'
        FROM petitions_petition WHERE id = %s AND status = 'open' AND opened_at <= now()
            AND (closes_at IS NULL OR closes_at > now())
        ON CONFLICT (petition_id, canonical_email) DO UPDATE SET {changes}
        RETURNING id, petition_id, state, name, email, language, mails_stopped_at
    ), noted AS (
        INSERT INTO petitions_actdelta (petition_id, act, reason, day, amount)
        SELECT petition_id, 'form', '', (now() AT TIME ZONE 'UTC')::date, 1 FROM signed
    ), queued AS (
        INSERT INTO petitions_outboxmail (kind, signature_id, language, due_at)
        SELECT 'signed', id, language, now() + %s FROM signed
        WHERE mails_stopped_at IS NULL AND petitions_mail_is_due(signed.id, %s)
    )
    SELECT id, state, name, email, language FROM signed
"""
# Whoever types a stranger's address where signatures are held must not hold that stranger's: the least suspect
# of the signings that wait decides.
HELD_CHANGES = """
    held_reason = CASE WHEN signed.state IN ('pending', 'withdrawn') AND EXCLUDED.held_reason = ''
        THEN '' ELSE signed.held_reason END,
    held_by = CASE WHEN signed.state IN ('pending', 'withdrawn') AND EXCLUDED.held_reason = ''
        THEN NULL ELSE signed.held_by END
"""
# Judged by the row as it is under its lock: somebody may release it at this very moment.
CONFIRM_SQL = """
    UPDATE petitions_signature
    SET state = CASE WHEN held_reason = '' THEN 'confirmed' ELSE 'held' END, confirmed_at = %s, withdrawn_at = NULL
    WHERE id = %s AND state = ANY(%s)
    RETURNING state
"""
SUPPRESSED = "petitions_suppression WHERE petition_id = %s AND address_hash = ANY(%s) AND reason ="
# Of a row that is met again the network stays that of the first form: what is a month old is forgotten by its number.
KEPT_ON_CONFLICT = frozenset(["petition_id", "canonical_email", "network_hash"])
# A stranger's words wait until the mailed link shows them; a later signing's take the place of an earlier one's.
COMMENT_SQL = """
    INSERT INTO petitions_comment
        (petition_id, signature_id, name, email, canonical_email, text, language, state, created_at)
    VALUES (%s, %s, '', '', '', %s, %s, 'pending', %s)
    ON CONFLICT (signature_id) WHERE confirmed_at IS NULL
    DO UPDATE SET text = EXCLUDED.text, language = EXCLUDED.language, created_at = EXCLUDED.created_at,
        state = 'pending', decided_at = NULL, written_in = '', written_in_confidence = NULL, written_in_source = ''
"""


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
    shown_name: str = ""
    comment: str = ""
    review_reason: str = ""


def sign(
    petition: Petition,
    text: PetitionText,
    details: SigningDetails,
    *,
    network: str | None = None,
    client: Address | None = None,
) -> Signature:
    """Store the signature and queue its mail. Whether the address is new or known, blocked or not, the page answers
    the same.

    `network` and `client` are where the request comes from. Call it outside any transaction, as all throttling. Raises
    NotOpenError and ThrottledError.
    """
    if not petition.is_open:
        raise NotOpenError
    known_as = network_hash(petition.pk, network) if network else None
    canonical = canonical_address(details.email)
    wait, is_crowded = signing_wait(network, canonical)
    verdict = kept_lists.get().verdict(canonical, client)
    if is_crowded and not (verdict.held_reason or verdict.is_allowed):
        verdict = replace(verdict, held_reason=Signature.HeldReason.LIMIT)
    if not details.comment:
        return _insert_or_meet(petition, text, details, wait, verdict, known_as)
    with transaction.atomic():
        signature = _insert_or_meet(petition, text, details, wait, verdict, known_as)
        values: list[Any] = [petition.pk, signature.pk, details.comment, details.language, timezone.now()]
        with connection.cursor() as cursor:
            cursor.execute(COMMENT_SQL, values)
    return signature


def _insert_or_meet(
    petition: Petition,
    text: PetitionText,
    details: SigningDetails,
    wait: timedelta | None,
    verdict: Verdict,
    known_as: str | None,
) -> Signature:
    """The row as it now stands, with its mail in the outbox. Raises NotOpenError."""
    row: dict[str, Any] = {
        field.name: getattr(details, field.name)
        for field in fields(details)
        if field.name not in ("comment", "review_reason")
    }
    canonical = canonical_address(details.email)
    row |= {
        "petition_id": petition.pk,
        "canonical_email": canonical,
        "city_key": city_key(details.city),
        "shown_name": details.shown_name or proposed_shown_name(details.name, details.country),
        "signed_text_id": record_of_text(petition, text).pk,
        "signed_at": timezone.now(),
        "network_hash": known_as,
    }
    # Whether it is wanted is asked again when it is sent; here the statement stays the same for every address.
    mails = MAILS_A_DAY if wait is not None else 0
    suppressed: list[Any] = [petition.pk, address_hashes(canonical)]
    judged = [verdict.held_reason, verdict.held_by, verdict.mark or details.review_reason]
    values = [*row.values(), *judged, *suppressed, petition.pk, wait or timedelta(), mails]
    with connection.cursor() as cursor:
        cursor.execute(_sign_statement(list(row)), values)
        found = cursor.fetchone()
    if found is None:
        raise NotOpenError
    pk, state, name, email, language = found
    signature = Signature(pk=pk, state=state, **(row | {"name": name, "email": email, "language": language}))
    signature.petition = petition
    return signature


def _sign_statement(columns: list[str]) -> str:
    # A withdrawn signature has had an owner, so its address stays too.
    open_states = {column: "('pending', 'withdrawn')" for column in columns} | {"email": "('pending')"}
    changes = (
        f"{column} = CASE WHEN signed.state IN {open_states[column]} THEN EXCLUDED.{column} ELSE signed.{column} END"
        for column in columns
        if column not in KEPT_ON_CONFLICT
    )
    return SIGN_SQL.format(
        columns=", ".join(columns),
        values=", ".join(["%s"] * len(columns)),
        changes=", ".join([*changes, HELD_CHANGES]),
        suppressed=SUPPRESSED,
    )


def seal(signature: Signature, comment: str) -> str:
    """A digest of what the confirmation page shows: the button confirms that, and nothing that came in between."""
    shown = [signature.name, signature.city, str(signature.country), signature.visibility, signature.public_name]
    shown += [signature.email, comment]
    return hashlib.sha256("\0".join(shown).encode()).hexdigest()[:32]


def confirm(signature: Signature) -> bool:
    """Count the signature, or where it is held let a person decide. True where this very call confirmed it; every
    later call changes nothing.

    Raises NotOpenError once the grace after the petition's end is over.
    """
    if not signature.petition.can_be_confirmed:
        raise NotOpenError
    now = timezone.now()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(CONFIRM_SQL, [now, signature.pk, list(Signature.CAN_BE_CONFIRMED)])
            changed = cursor.fetchone()
        if changed is None:
            return False
        (signature.state,) = changed
        if signature.is_counted:
            counting.record(+1, signature.pk, act=Act.CONFIRMED)
        # Who signs again may have done so under another name: what was approved beside the old one waits too.
        words = Comment.objects.filter(Q(confirmed_at__isnull=True) | APPROVED, signature=signature)
        words.update(confirmed_at=Coalesce("confirmed_at", now), **UNDECIDED)
    signature.confirmed_at = now
    return True


def withdraw(signature: Signature) -> bool:
    """Take the name back. True where this call did it. Raises Signature.DoesNotExist once it is erased."""
    with transaction.atomic():
        locked = Signature.objects.select_for_update().get(pk=signature.pk)
        if not (locked.is_confirmed or locked.state == Signature.State.PENDING):
            return False
        if locked.is_counted:
            counting.record(-1, locked.pk, act=Act.WITHDRAWN)
        Signature.objects.filter(pk=locked.pk).update(
            state=Signature.State.WITHDRAWN, withdrawn_at=timezone.now(), wants_updates=False
        )
        signature.refresh_from_db()
    return True


def change(signature: Signature, **changes: Any) -> None:
    """Change name, shown name, city, country, visibility or wish for news; counts by place follow.

    Approved comments wait for a moderator again where they would show words that none has read.
    Raises Signature.DoesNotExist once the signature is erased.
    """
    with transaction.atomic():
        locked = Signature.objects.select_for_update().get(pk=signature.pk)
        known = {"", locked.public_name, locked.public_city}
        if "city" in changes:
            changes["city_key"] = city_key(changes["city"])
        if locked.is_counted:
            counting.record(-1, locked.pk)
        for field, value in changes.items():
            setattr(locked, field, value)
        locked.save(update_fields=list(changes))
        if locked.is_counted:
            counting.record(+1, locked.pk)
        if not {locked.public_name, locked.public_city} <= known:
            locked.comments.filter(APPROVED).update(**UNDECIDED)
        signature.refresh_from_db()


def stop_mails(signature: Signature) -> None:
    """No further mail to this address for this petition, whoever types it into which form."""
    with transaction.atomic():
        Signature.objects.filter(pk=signature.pk, mails_stopped_at__isnull=True).update(
            mails_stopped_at=timezone.now(), wants_updates=False
        )
        suppress(signature.petition, signature.canonical_email, Suppression.Reason.STOPPED)
