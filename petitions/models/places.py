"""Cities that petitions count by, and the spellings in which signers write them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField


class Place(models.Model):
    """A city that petitions count by. Who shows it, and in which languages, is no matter here."""

    name = models.CharField(_("name"), max_length=100, help_text=_("For staff."))
    country = CountryField(_("country"))
    # What may stand beside the name without making it another city, as keys, one a line: its region.
    beside = models.TextField(blank=True, default="", db_default="")

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")

    def __str__(self) -> str:
        return f"{self.name} ({self.country})"


class Spelling(models.Model):
    """One way to write a place. A signature holds its country and key, so all signatures of it follow this row."""

    class Source(models.TextChoices):
        NAME = "name", _("a name of the city")
        RULE = "rule", _("read by the rule")
        ADOPTED = "adopted", _("adopted by staff")

    # The constraint below begins with the place.
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="spellings", db_index=False)
    country = CountryField(_("country"))
    key = models.CharField(_("spelling"), max_length=100)
    source = models.CharField(_("source"), max_length=10, choices=Source)
    # False: another place counts it, or staff took it away, and no rule brings it back.
    is_counted = models.BooleanField(_("is counted"), default=True, db_default=True)

    class Meta:
        verbose_name = _("spelling")
        verbose_name_plural = _("spellings")
        constraints = [
            models.UniqueConstraint(
                fields=["place", "key"],
                name="spelling_once",
                violation_error_message=_("This spelling is known already."),
            ),
            models.UniqueConstraint(
                fields=["country", "key"],
                name="spelling_of_one_place",
                condition=Q(is_counted=True),
                violation_error_message=_("This spelling is counted for another city."),
            ),
        ]
        indexes = [
            # Found by how they begin, whatever the database's collation.
            models.Index(fields=["key"], name="spelling_begins", opclasses=["varchar_pattern_ops"]),
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.country})"


class SpellingRound(models.Model):
    """One row: up to which count the rule has read spellings. Locked, it keeps two from changing them at once."""

    read_up_to = models.BigIntegerField(default=0, db_default=0)

    def __str__(self) -> str:
        return f"read up to {self.read_up_to}"
