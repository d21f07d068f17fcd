"""What was done to a petition's signatures, by day; and the public ledger that is written from it, a line a day."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .petitions import Petition


class Act(models.TextChoices):
    """What moves the number. Counted when it is done: what happens later is an act of its own day."""

    FORM = "form", _("form sent")
    CONFIRMED = "confirmed", _("confirmed")
    WITHDRAWN = "withdrawn", _("withdrawn")
    INVALIDATED = "invalidated", _("invalidated")
    RESTORED = "restored", _("restored")


class ActDelta(models.Model):
    """Acts that wait to be added up. Inserted with the act itself, so that nobody waits for another's row lock."""

    petition = models.ForeignKey(Petition, on_delete=models.CASCADE, related_name="+", db_index=False)
    act = models.CharField(max_length=12, choices=Act)
    # Of invalidations and their undoing: the public reason.
    reason = models.CharField(max_length=12, blank=True)
    day = models.DateField()
    amount = models.IntegerField()

    class Meta:
        verbose_name = _("act delta")
        verbose_name_plural = _("act deltas")

    def __str__(self) -> str:
        return f"{self.petition_id} {self.day} {self.act} {self.amount:+d}"


class ActCount(models.Model):
    """How often something was done on a day (UTC)."""

    # The constraint below begins with the petition.
    petition = models.ForeignKey(Petition, on_delete=models.CASCADE, related_name="+", db_index=False)
    act = models.CharField(max_length=12, choices=Act)
    reason = models.CharField(max_length=12, blank=True)
    day = models.DateField()
    count = models.IntegerField()

    class Meta:
        verbose_name = _("act count")
        verbose_name_plural = _("act counts")
        constraints = [
            models.UniqueConstraint(
                fields=["petition", "day", "act", "reason"],
                name="actcount_one_per_day",
                violation_error_message=_("This count exists already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.petition_id} {self.day} {self.act} {self.reason}: {self.count}"


class Ledger(models.Model):
    """One for each petition that was ever open. Locked while its days are written down."""

    petition = models.OneToOneField(Petition, on_delete=models.CASCADE, primary_key=True, related_name="ledger")
    closed_on = models.DateField(null=True, help_text="The last day that was looked at, quiet ones included")
    # As of that day: the number of this moment would tell whether an address that was just typed in is known.
    waiting = models.IntegerField(default=0, db_default=0)

    class Meta:
        verbose_name = _("ledger")
        verbose_name_plural = _("ledgers")

    def __str__(self) -> str:
        return f"{self.petition_id} until {self.closed_on}"


class LedgerRecord(models.Model):
    """A day that is over, for everybody. A trigger in the database refuses to change or delete it.

    `digest` is made of all other fields, `former` among them, as docs/integrity.md says.
    """

    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="ledger_records", db_index=False)
    number = models.PositiveIntegerField()
    day = models.DateField()
    forms = models.PositiveIntegerField()
    confirmed = models.PositiveIntegerField()
    withdrawn = models.PositiveIntegerField()
    invalidated = models.JSONField(help_text="By public reason")
    restored = models.JSONField(help_text="By public reason")
    total = models.PositiveIntegerField()
    former = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("ledger record")
        verbose_name_plural = _("ledger records")
        constraints = [
            models.UniqueConstraint(
                fields=["petition", "day"],
                name="ledgerrecord_one_per_day",
                violation_error_message=_("This day is written down already."),
            ),
            models.UniqueConstraint(
                fields=["petition", "number"],
                name="ledgerrecord_one_after_another",
                violation_error_message=_("This number is taken."),
            ),
            models.CheckConstraint(
                condition=Q(number=1, former="") | Q(number__gt=1) & ~Q(former=""),
                name="ledgerrecord_names_its_former",
                violation_error_message=_("Each day names the digest of the one before."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.petition_id} {self.day}: {self.total}"

    @property
    def left_out(self) -> int:
        return sum(self.invalidated.values())

    @property
    def came_back(self) -> int:
        return sum(self.restored.values())

    def told(self, slug: str) -> dict[str, Any]:
        """All that the digest is made of."""
        plain = ("number", "forms", "confirmed", "withdrawn", "invalidated", "restored", "total", "former")
        return {"petition": slug, "day": self.day.isoformat()} | {field: getattr(self, field) for field in plain}
