"""Sending news to those who asked for it: written down, tried, asked for, approved, stopped. Each leaves a log line."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from .lifecycle import StepRefusedError, compare_and_set
from .mail import fan_out
from .models import Mailing, MailingAudience, MailingText, OutboxMail

S = Mailing.State

# The outbox knows for a month who had a mailing. Later nobody could tell whom a second one would reach again.
SENT_ON_WITHIN = timedelta(days=30)
LONGEST_SPREAD_HOURS = 72


class MailingRefusedError(Exception):
    """It may not be sent, or not by this person. Says why, in words for staff."""


@dataclass(frozen=True)
class MailingWords:
    """What the people of one petition read in one language."""

    petition_id: int
    language: str
    subject: str
    body: str


def write(about: str, source_language: str, words: Iterable[MailingWords]) -> Mailing:
    """A draft with these words in place of an earlier draft's. Raises MailingRefusedError once it is asked for."""
    try:
        with transaction.atomic():
            return _write(about, source_language, list(words))
    except IntegrityError as error:
        raise MailingRefusedError(gettext("This is being mailed already.")) from error


def _write(about: str, source_language: str, words: list[MailingWords]) -> Mailing:
    draft, _is_new = Mailing.objects.get_or_create(
        about=about, state=S.DRAFT, defaults={"source_language": source_language}
    )
    # A form sent twice at once writes one after the other, and what was asked for meanwhile is left alone.
    if not Mailing.objects.select_for_update().filter(pk=draft.pk, state=S.DRAFT).exists():
        raise MailingRefusedError(gettext("This is being mailed already."))
    draft.texts.all().delete()
    draft.audiences.all().delete()
    texts = [MailingText(mailing=draft, **vars(each)) for each in words]
    MailingText.objects.bulk_create(texts)
    petitions = sorted({text.petition_id for text in texts})
    MailingAudience.objects.bulk_create(MailingAudience(mailing=draft, petition_id=key) for key in petitions)
    return draft


def send_test(mailing: Mailing, actor: AbstractBaseUser) -> int:
    """Mail it to the person who asks, once in each language; how many mails. Raises MailingRefusedError."""
    if not getattr(actor, "email", ""):
        raise MailingRefusedError(gettext("Your account has no e-mail address. Ask an administrator to add it."))
    languages = list(dict.fromkeys(mailing.texts.values_list("language", flat=True)))
    OutboxMail.objects.bulk_create(
        OutboxMail(kind=OutboxMail.Kind.NEWS, mailing=mailing, staff_id=actor.pk, language=language)
        for language in languages
    )
    return len(languages)


def needs_second_person(count: int) -> bool:
    return count > settings.MAILING_SECOND_PERSON_ABOVE


def ask(mailing: Mailing, actor: AbstractBaseUser, *, hours: int) -> None:
    """Send a draft, or where it goes to many people, wait for a second person's yes. Raises MailingRefusedError."""
    if not 0 <= hours <= LONGEST_SPREAD_HOURS:
        raise MailingRefusedError(gettext("Spread it over three days at most."))
    if is_too_late(mailing.about):
        raise MailingRefusedError(gettext("This was mailed more than 30 days ago. Write a new update instead."))
    petitions = list(mailing.audiences.values_list("petition_id", flat=True))
    count = sum(fan_out.count_recipients(mailing.about, petitions).values())
    if not count:
        raise MailingRefusedError(gettext("Nobody would get it."))
    with transaction.atomic():
        asked = {"asked_by": actor, "asked_at": timezone.now(), "expected_count": count, "spread_hours": hours}
        _step(mailing, actor, "ask to mail", [S.DRAFT], S.ASKED, **asked)
        if not needs_second_person(count):
            _step(mailing, actor, "mail", [S.ASKED], S.SENDING, starts_at=timezone.now())


def approve(mailing: Mailing, actor: AbstractBaseUser) -> None:
    """The second person's yes: it begins to go out. Raises MailingRefusedError."""
    if mailing.asked_by_id == actor.pk:
        raise MailingRefusedError(gettext("You asked for it: somebody else must say yes."))
    _step(mailing, actor, "approve mailing", [S.ASKED], S.SENDING, approved_by=actor, starts_at=timezone.now())


def stop(mailing: Mailing, actor: AbstractBaseUser) -> None:
    """No more of it goes out. What waits is dropped when its turn comes. Raises MailingRefusedError."""
    _step(mailing, actor, "stop mailing", [S.ASKED, S.SENDING], S.STOPPED, finished_at=timezone.now())


def waiting_for(person: Any) -> QuerySet[Mailing]:
    """Those on which this person may decide as the second."""
    return Mailing.objects.filter(state=S.ASKED).exclude(asked_by_id=person.pk).order_by("asked_at")


def is_too_late(about: str) -> bool:
    """Whether it was mailed so long ago that nobody knows any more to whom."""
    return Mailing.objects.of(about).filter(starts_at__lt=timezone.now() - SENT_ON_WITHIN).exists()


def proceed() -> int:
    """The worker's part: put the next people into the outbox, see what has gone out; how much there was to do."""
    return fan_out.queue_batch() or finish()


def finish() -> int:
    """Mark as done what has gone out to its last mail; how many."""
    over = [mailing for mailing in Mailing.objects.filter(state=S.SENDING) if not fan_out.has_waiting(mailing)]
    for mailing in over:
        Mailing.objects.filter(pk=mailing.pk, state=S.SENDING).update(state=S.DONE, finished_at=timezone.now())
    return len(over)


def _step(
    mailing: Mailing, actor: AbstractBaseUser, verb: str, before: Collection[S], after: S, **changes: Any
) -> None:
    try:
        compare_and_set(mailing, actor, verb, mailing.about, {"state": before}, state=after, **changes)
    except StepRefusedError as error:
        raise MailingRefusedError(gettext("Somebody was quicker: look at its state.")) from error
