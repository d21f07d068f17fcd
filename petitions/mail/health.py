"""Whether mail goes out and the worker does its duties: for monitors, who may be anybody, and for staff."""

from datetime import timedelta

from django.db.models.functions import Now

from ..apps import duties_of_other_apps
from ..models import OutboxMail, WorkerBeat

# A worker delivers every second or so; after this the queue stands still.
LATE_MAIL = timedelta(minutes=10)
LATELY = timedelta(hours=24)
# The longest that each duty may stay silent.
SILENCE = {
    "mail": timedelta(minutes=2),
    "count": timedelta(minutes=2),
    "news": timedelta(minutes=10),
    "languages": timedelta(minutes=10),
    "likeness": timedelta(minutes=10),
    "digest": timedelta(minutes=30),
    "invalidations": timedelta(minutes=10),
    "trends": timedelta(minutes=10),
    "findings": timedelta(minutes=30),
    "forget": timedelta(minutes=30),
    "ledger": timedelta(minutes=30),
}
SILENCE_OF_OTHERS = timedelta(minutes=30)


def mail_is_late() -> bool:
    """Anybody may ask, so no more is told: the queue's exact age would say whether a form just queued a mail.

    News may take longer than was planned: its own page tells the staff.
    """
    late = OutboxMail.objects.waiting().filter(due_at__lt=Now() - LATE_MAIL)
    return late.filter(mailing__isnull=True).exists()


def mail_has_failed() -> bool:
    """Whether any mail was given up in the last day. Of many news some always come back: their page shows them."""
    failed = OutboxMail.objects.failed().filter(finished_at__gt=Now() - LATELY)
    return failed.filter(mailing__isnull=True).exists()


def silent_duties() -> list[str]:
    """Duties that no worker did for too long; all of them where none ever ran."""
    longest = SILENCE | dict.fromkeys(duties_of_other_apps(), SILENCE_OF_OTHERS)
    alive = {
        duty
        for duty, silence in longest.items()
        if WorkerBeat.objects.filter(duty=duty, at__gt=Now() - silence).exists()
    }
    return [duty for duty in longest if duty not in alive]
