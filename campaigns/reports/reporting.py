"""Visitors say that a contact is wrong; organizers settle it."""

from datetime import timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from petitions.models import StaffAct
from petitions.models.staff import act_by

from ..models import ContactReport, Target

# The privacy page publishes it: notes may name other people.
SETTLED_KEPT = timedelta(days=183)


def report(target_id: int, contact_id: int | None, problem: str, note: str = "") -> None:
    """Store what was said, unless the same waits already. Who said it is not stored."""
    said = {"target_id": target_id, "contact_id": contact_id, "problem": problem, "note": note}
    with transaction.atomic():
        # One after the other: of two equal reports at once the second finds the first.
        Target.objects.select_for_update(no_key=True).get(pk=target_id)
        if not ContactReport.objects.waiting().filter(**said).exists():
            ContactReport.objects.create(**said)


def settle(reports: QuerySet[ContactReport], actor: AbstractBaseUser) -> int:
    """Say that these were looked at; the number that waited. What was settled long ago is forgotten."""
    ContactReport.objects.filter(settled_at__lt=timezone.now() - SETTLED_KEPT).delete()
    with transaction.atomic():
        waiting = list(ContactReport.objects.waiting().filter(pk__in=reports.values("pk")).select_for_update())
        ContactReport.objects.filter(pk__in=[row.pk for row in waiting]).update(settled_at=timezone.now())
        StaffAct.objects.bulk_create(act_by(actor, "settle", row) for row in waiting)
    return len(waiting)
