"""Fictional signatures in every state, over the years, with counts that are right from the start."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.utils import timezone
from django.utils.translation import override

from petitions.addresses import canonical_address
from petitions.captcha import NOT_ASKED, UNREACHABLE
from petitions.consent import record_of_text
from petitions.models import CountDelta, Petition, Signature, SignedText, StaffAct
from petitions.models.staff import act_by
from petitions.places import city_key

from ..models import City
from .comments import authors
from .people import Crowd, Person

LAST_MOMENT = datetime(2025, 9, 30, 20, tzinfo=UTC)
# Most people sign soon after the opening: the larger, the sooner.
EAGERNESS = 4
WITHDRAWN_EVERY, INVALIDATED_EVERY, REVIEWED_EVERY = 173, 211, 149
PENDING_EVERY, PENDING_AT_MOST = 80, 12
INVALIDATION_REASON = "Signed twice from two addresses, says the signer (demonstration)"


def add_signatures(petition: Petition, pair: dict[str, Any], asked: City, other: City, moderator: AbstractUser) -> None:
    """As many signatures as the pair says, those of its commenters among them."""
    crowd = Crowd(pair["slug"], asked, other)
    records = _records(petition)
    signatures = [_signature(petition, records, person, at) for person, at in authors(pair["slug"])]
    while len(signatures) < pair["signatures"]:
        person = crowd.person()
        signatures.append(_signature(petition, records, person, _moment(crowd, petition)))
    # In the order of time, since the public list is in the order of insertion.
    signatures.sort(key=lambda signature: (signature.signed_at, signature.email))
    commenters = {person.email for person, _at in authors(pair["slug"])}
    _vary([signature for signature in signatures if signature.email not in commenters])
    Signature.objects.bulk_create(signatures, batch_size=2000)
    _count(signatures)
    invalidated = [signature for signature in signatures if signature.state == Signature.State.INVALIDATED]
    StaffAct.objects.bulk_create(act_by(moderator, "invalidate", row, INVALIDATION_REASON) for row in invalidated)


def _records(petition: Petition) -> dict[str, SignedText]:
    """What stood before a signer, by the language of the interface."""
    records = {}
    for language, _name in settings.LANGUAGES:
        text = petition.text(language)
        assert text is not None
        with override(language):
            records[language] = record_of_text(petition, text)
    return records


def _moment(crowd: Crowd, petition: Petition) -> datetime:
    assert petition.opened_at is not None
    span = (LAST_MOMENT - petition.opened_at).total_seconds()
    return petition.opened_at + timedelta(seconds=int(span * crowd.random.random() ** EAGERNESS))


def _signature(petition: Petition, records: dict[str, SignedText], person: Person, at: datetime) -> Signature:
    return Signature(
        petition=petition,
        name=person.name,
        email=person.email,
        canonical_email=canonical_address(person.email),
        country=person.country,
        city=person.city,
        city_key=city_key(person.city),
        language=person.language,
        visibility=person.visibility,
        wants_updates=at.minute % 3 == 0,
        state=Signature.State.CONFIRMED,
        signed_text=records[person.language],
        signed_at=at,
        confirmed_at=at + timedelta(minutes=2 + at.second),
    )


def _vary(signatures: list[Signature]) -> None:
    """Some withdrew, some were taken out, some wait for a look or for their own confirmation."""
    for number, signature in enumerate(signatures, 1):
        if number % WITHDRAWN_EVERY == 0:
            signature.state = Signature.State.WITHDRAWN
            signature.withdrawn_at = signature.signed_at + timedelta(days=20)
            signature.wants_updates = False
        elif number % INVALIDATED_EVERY == 0:
            signature.state = Signature.State.INVALIDATED
            signature.invalidated_at = signature.signed_at + timedelta(days=9)
        elif number % REVIEWED_EVERY == 0:
            signature.review_reason = (NOT_ASKED, UNREACHABLE)[number % 2]
    for hours, signature in enumerate(signatures[::-PENDING_EVERY][:PENDING_AT_MOST], 1):
        signature.state = Signature.State.PENDING
        signature.confirmed_at = signature.withdrawn_at = signature.invalidated_at = None
        # By today's clock: unconfirmed signatures are forgotten after 30 days.
        signature.signed_at = timezone.now() - timedelta(hours=hours)


def _count(signatures: list[Signature]) -> None:
    CountDelta.objects.bulk_create(
        [
            CountDelta(
                petition_id=signature.petition_id,
                amount=1,
                country=str(signature.country),
                language=signature.language,
                city_key=signature.city_key,
                day=signature.confirmed_at.astimezone(UTC).date(),
            )
            for signature in signatures
            if signature.is_confirmed and signature.confirmed_at
        ],
        batch_size=2000,
    )
