"""Fictional signatures in every state, over the years, with counts that are right from the start."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.utils.translation import override

from petitions.addresses import canonical_address
from petitions.captcha import NOT_ASKED, UNREACHABLE
from petitions.consent import record_of_text
from petitions.models import Act, ActDelta, CountDelta, Petition, Signature, SignedText, StaffAct
from petitions.models.staff import act_by
from petitions.places import city_key
from petitions.shown_names import proposed_shown_name

from .comments import authors
from .people import Crowd, Person

Reason = Signature.InvalidatedFor
# Most people sign soon after the opening: the larger, the sooner.
EAGERNESS = 4
# One of so many signed in the last weeks, week by week alike; the youngest of them has long confirmed.
RECENT_EVERY, RECENT, YOUNGEST = 6, timedelta(weeks=8), timedelta(hours=4)
# Time enough to withdraw, or to be taken out.
OLD_ENOUGH = timedelta(days=30)
WITHDRAWN_EVERY, INVALIDATED_EVERY, REVIEWED_EVERY = 121, 83, 149
PENDING_EVERY, PENDING_AT_MOST = 80, 12
# For so many signatures there was one more form, whose link nobody opened.
UNOPENED_EVERY = 7
# Names were left out on three days, so many days before the demonstration is loaded: of every six that many.
TWICE, MACHINE, ADDRESS = Reason.TWICE, Reason.MACHINE, Reason.ADDRESS
LEFT_OUT = ((TWICE, 26), (MACHINE, 12), (TWICE, 26), (MACHINE, 12), (TWICE, 26), (ADDRESS, 19))
NOTES = {
    Reason.TWICE: "Signed twice from two addresses, says the signer (demonstration)",
    Reason.MACHINE: "Many forms within a minute, with names from one list (demonstration)",
    Reason.ADDRESS: "Addresses that live ten minutes (demonstration)",
}


def add_signatures(
    petition: Petition, pair: dict[str, Any], crowd: Crowd, moderator: AbstractUser, now: datetime
) -> None:
    """As many signatures as the pair says, those of its commenters among them."""
    commenters = authors(pair["slug"], now)
    records = _records(petition)
    signatures = [_signature(petition, records, person, at) for person, at in commenters]
    for number in range(len(signatures), pair["signatures"]):
        if number % RECENT_EVERY:
            at = _sooner_or_later(crowd.random, petition, now)
        else:
            at = _of_late(crowd.random, number / pair["signatures"], now)
        signatures.append(_signature(petition, records, crowd.person(), at))
    # In the order of time, since the public list is in the order of insertion.
    signatures.sort(key=lambda signature: (signature.signed_at, signature.email))
    addresses = {person.email for person, _at in commenters}
    _vary([signature for signature in signatures if signature.email not in addresses], now)
    Signature.objects.bulk_create(signatures, batch_size=2000)
    _count(signatures)
    _count_forms(petition, [signature.signed_at.astimezone(UTC).date() for signature in signatures])
    invalidated = [signature for signature in signatures if signature.state == Signature.State.INVALIDATED]
    StaffAct.objects.bulk_create(
        act_by(moderator, "invalidate", row, NOTES[Reason(row.invalidated_for)]) for row in invalidated
    )


def _records(petition: Petition) -> dict[str, SignedText]:
    """What stood before a signer, by the language of the interface."""
    records = {}
    for language, _name in settings.LANGUAGES:
        text = petition.text(language)
        assert text is not None
        with override(language):
            records[language] = record_of_text(petition, text)
    return records


def _sooner_or_later(random: Random, petition: Petition, now: datetime) -> datetime:
    """Since the opening, until the last weeks began."""
    assert petition.opened_at is not None
    return petition.opened_at + (now - RECENT - petition.opened_at) * random.random() ** EAGERNESS


def _of_late(random: Random, share: float, now: datetime) -> datetime:
    """So far back in the last weeks as `share` says, give or take an hour."""
    return now - YOUNGEST - (RECENT - YOUNGEST) * share - timedelta(hours=1) * random.random()


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
        shown_name=proposed_shown_name(person.name, person.country),
        wants_updates=at.minute % 3 == 0,
        state=Signature.State.CONFIRMED,
        signed_text=records[person.language],
        signed_at=at,
        confirmed_at=at + timedelta(minutes=2 + at.second),
    )


def _vary(signatures: list[Signature], now: datetime) -> None:
    """Some withdrew, some were taken out, some wait for a look or for their own confirmation."""
    for number, signature in enumerate(signatures, 1):
        if signature.signed_at > now - OLD_ENOUGH:
            continue
        if number % WITHDRAWN_EVERY == 0:
            signature.state = Signature.State.WITHDRAWN
            signature.withdrawn_at = signature.signed_at + timedelta(days=20)
            signature.wants_updates = False
        elif number % INVALIDATED_EVERY == 0:
            signature.state = Signature.State.INVALIDATED
            reason, days_ago = LEFT_OUT[number // INVALIDATED_EVERY % len(LEFT_OUT)]
            signature.invalidated_for, signature.invalidated_at = reason, now - timedelta(days=days_ago)
        elif number % REVIEWED_EVERY == 0:
            signature.review_reason = (NOT_ASKED, UNREACHABLE)[number % 2]
    for hours, signature in enumerate(signatures[::-PENDING_EVERY][:PENDING_AT_MOST], 1):
        signature.state = Signature.State.PENDING
        signature.confirmed_at = signature.withdrawn_at = signature.invalidated_at = None
        signature.invalidated_for = ""
        # Unconfirmed signatures are forgotten after 30 days.
        signature.signed_at = now - timedelta(hours=hours)


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
            if signature.is_counted and signature.confirmed_at
        ],
        batch_size=2000,
    )


def _count_forms(petition: Petition, days: list[date]) -> None:
    ActDelta.objects.bulk_create(
        ActDelta(petition=petition, act=Act.FORM, day=day, amount=amount)
        for day, amount in Counter([*days, *days[::UNOPENED_EVERY]]).items()
    )
