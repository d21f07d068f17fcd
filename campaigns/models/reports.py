"""What visitors say of contacts that no longer work."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from .targets import Contact, Target


class ContactReportQuerySet(models.QuerySet["ContactReport"]):
    def waiting(self) -> Self:
        return self.filter(settled_at__isnull=True)


class ContactReport(models.Model):
    """Nothing about who reported it is stored."""

    class Problem(models.TextChoices):
        LEFT = "left", _("This person is no longer in office")
        BOUNCED = "bounced", _("E-mail comes back")
        WRONG_NUMBER = "wrong-number", _("The number is wrong or does not answer")
        RETURNED = "returned", _("Letters come back")
        OTHER = "other", _("Something else")

    target = models.ForeignKey(
        Target, on_delete=models.CASCADE, related_name="contact_reports", verbose_name=_("target")
    )
    contact = models.ForeignKey(
        Contact, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("contact")
    )
    problem = models.CharField(_("problem"), max_length=20, choices=Problem)
    note = models.CharField(_("what is right instead"), max_length=500, blank=True)
    reported_at = models.DateTimeField(_("reported"), auto_now_add=True)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)

    objects = ContactReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report of a wrong contact")
        verbose_name_plural = _("reports of wrong contacts")
        ordering = ["-reported_at", "-pk"]
        indexes = [
            models.Index(fields=["target"], condition=models.Q(settled_at__isnull=True), name="contactreport_waiting")
        ]

    def __str__(self) -> str:
        return f"{self.target}: {self.get_problem_display()}"
