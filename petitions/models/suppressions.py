"""What must be remembered about an address after its person is gone: keyed hashes, no addresses."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .petitions import Petition


class Suppression(models.Model):
    class Reason(models.TextChoices):
        STOPPED = "stopped", _("wants no mail")
        INVALIDATED = "invalidated", _("was invalidated and erased")
        BOUNCED = "bounced", _("mail came back")
        COMPLAINED = "complained", _("called our mail spam")

    # Empty where it holds for all petitions: mail that comes back does so whatever it is about.
    petition = models.ForeignKey(Petition, on_delete=models.CASCADE, null=True, blank=True, related_name="suppressions")
    address_hash = models.CharField(max_length=64, help_text="addresses.address_hash of the canonical address")
    reason = models.CharField(max_length=12, choices=Reason)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("suppression")
        verbose_name_plural = _("suppressions")
        constraints = [
            models.UniqueConstraint(
                fields=["petition", "address_hash", "reason"],
                name="suppression_once",
                violation_error_message=_("This is remembered already."),
            ),
            models.UniqueConstraint(
                fields=["address_hash", "reason"],
                condition=models.Q(petition__isnull=True),
                name="suppression_once_for_all",
                violation_error_message=_("This is remembered already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.petition_id}: {self.reason}"
