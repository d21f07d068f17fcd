"""When a target's office answers."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .targets import Target


class Weekday(models.IntegerChoices):
    """As `date.weekday()` counts."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class OpeningHours(models.Model):
    """One stretch of a day, on one or several days in a row: Monday to Friday, 09:00 to 12:30."""

    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="opening_hours")
    from_weekday = models.PositiveSmallIntegerField(
        _("from"), choices=Weekday, default=Weekday.MONDAY, validators=[MaxValueValidator(6)]
    )
    to_weekday = models.PositiveSmallIntegerField(
        _("to"), choices=Weekday, default=Weekday.FRIDAY, validators=[MaxValueValidator(6)]
    )
    opens_at = models.TimeField(_("opens"))
    closes_at = models.TimeField(_("closes"), help_text=_("In the office's own time."))

    class Meta:
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")
        ordering = ["from_weekday", "opens_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="openinghours_close_after_opening",
                violation_error_message=_("The office closes after it opens: write the later time second."),
            ),
            models.CheckConstraint(
                condition=Q(to_weekday__gte=F("from_weekday"), to_weekday__lte=6),
                name="openinghours_days_in_order",
                violation_error_message=_("The week begins on Monday: write the earlier day first."),
            ),
        ]

    def __str__(self) -> str:
        days = f"{self.get_from_weekday_display()}–{self.get_to_weekday_display()}"
        return f"{days} {self.opens_at:%H:%M}–{self.closes_at:%H:%M}"


class Closure(models.Model):
    """Days on which an office does not answer, besides its country's public holidays."""

    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="closures")
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    reason = models.CharField(_("reason"), max_length=100, blank=True, help_text=_("Summer closing."))

    class Meta:
        verbose_name = _("closed days")
        verbose_name_plural = _("closed days")
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="closure_days_in_order",
                violation_error_message=_("The last day comes after the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} – {self.ends_on}"
