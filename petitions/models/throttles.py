"""How often a key was seen in its window of time."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class ThrottleCount(models.Model):
    """The table is UNLOGGED (migration): counting costs no disk flush, and losing it in a crash harms nobody."""

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField()
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.key[:8]}: {self.count}"


# The privacy page promises that no scrambled address is kept longer.
DAY_IN_MINUTES = 24 * 60


class ThrottleOverride(models.Model):
    """Other numbers for one of the limits in throttling.py, without a deploy."""

    name = models.CharField(_("limit"), max_length=40, unique=True)
    times = models.PositiveIntegerField(
        _("times"), validators=[MinValueValidator(1), MaxValueValidator(1_000_000)], help_text=_("So often at most,")
    )
    minutes = models.PositiveIntegerField(
        _("in minutes"),
        validators=[MinValueValidator(1), MaxValueValidator(DAY_IN_MINUTES)],
        help_text=_("within so many minutes: an hour is 60, a day 1440."),
    )

    class Meta:
        verbose_name = _("limit")
        verbose_name_plural = _("limits")
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name}: {self.times} / {self.minutes} min"
