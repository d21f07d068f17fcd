"""Exact counts: insert-only deltas that a roll-up adds to one row for each petition, dimension and key."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..languages import LanguageField
from .petitions import Petition


class CountDelta(models.Model):
    """One signature more or less. Inserted with the change itself, so that no signer waits for another's row lock."""

    petition = models.ForeignKey(Petition, on_delete=models.CASCADE, related_name="+")
    amount = models.SmallIntegerField()
    country = models.CharField(max_length=2)
    language = LanguageField()
    city_key = models.CharField(max_length=100)
    day = models.DateField()

    class Meta:
        verbose_name = _("count delta")
        verbose_name_plural = _("count deltas")

    def __str__(self) -> str:
        return f"{self.petition_id} {self.amount:+d}"


class Count(models.Model):
    class Dimension(models.TextChoices):
        TOTAL = "total", _("all signatures")
        COUNTRY = "country", _("by country")
        LANGUAGE = "language", _("by language")
        CITY = "city", _("by city")
        DAY = "day", _("by day")

    petition = models.ForeignKey(Petition, on_delete=models.CASCADE, related_name="counts")
    dimension = models.CharField(max_length=10, choices=Dimension)
    key = models.CharField(max_length=110, blank=True, help_text="country:city for cities; blank for the total")
    count = models.IntegerField()

    class Meta:
        verbose_name = _("count")
        verbose_name_plural = _("counts")
        constraints = [
            models.UniqueConstraint(
                fields=["petition", "dimension", "key"],
                name="count_one_per_key",
                violation_error_message=_("This count exists already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.petition_id} {self.dimension} {self.key}: {self.count}"
