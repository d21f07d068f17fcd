"""Once a day, to moderators who want it: what waits in the languages they read."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from ..languages import reader_language
from ..mail.outbox import queue
from ..models import DeskChoice, OutboxMail

# In the morning of the site's own zone.
TOLD_FROM_HOUR = 7
AT_ONCE = 20


def tell_moderators() -> int:
    """Let the mails of the day wait in the outbox; how many. What they say, and whether there is anything to say, is
    decided when they are sent."""
    now = timezone.localtime()
    if now.hour < TOLD_FROM_HOUR:
        return 0
    due = DeskChoice.objects.filter(Q(told_on__isnull=True) | Q(told_on__lt=now.date()), wants_digest=True)
    with transaction.atomic():
        choices = list(due.select_for_update(of=("self",), skip_locked=True).select_related("moderator")[:AT_ONCE])
        for choice in choices:
            queue(OutboxMail.Kind.WAITING, choice.moderator, reader_language(), wait=timedelta(), column="staff_id")
        DeskChoice.objects.filter(pk__in=[choice.pk for choice in choices]).update(told_on=now.date())
    return len(choices)
