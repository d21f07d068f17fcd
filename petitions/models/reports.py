"""Readers' reports of comments. Who reported is not stored: no account, no name, and an address only to answer to."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from ..languages import LanguageField
from .comments import Comment
from .decisions import Decision
from .petitions import Petition
from .reasons import Reason


class ReportQuerySet(models.QuerySet["Report"]):
    def waiting(self) -> Self:
        return self.filter(settled_at__isnull=True)


class Report(models.Model):
    petition = models.ForeignKey(Petition, on_delete=models.CASCADE, related_name="reports")
    # Empty where the author took the comment back: the numbers of a half-year still count it.
    comment = models.ForeignKey(Comment, on_delete=models.SET_NULL, null=True, related_name="reports")
    reason = models.ForeignKey(Reason, on_delete=models.PROTECT, related_name="reports")
    law = models.CharField(_("law"), max_length=200, blank=True)
    explanation = models.TextField(_("explanation"), max_length=1000, blank=True)
    email = models.EmailField(max_length=254, blank=True)
    canonical_email = models.CharField(max_length=254, blank=True)
    language = LanguageField()
    # A keyed hash that differs for each comment: it tells networks apart and joins nothing.
    network = models.CharField(max_length=32, blank=True)
    at = models.DateTimeField(_("reported"), db_default=Now())
    settled_at = models.DateTimeField(_("decided"), null=True, blank=True)
    outcome = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="settled_reports"
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report of a comment")
        verbose_name_plural = _("reports of comments")
        constraints = [
            models.UniqueConstraint(
                fields=["comment", "network"],
                condition=~Q(network=""),
                name="report_once_a_network",
                violation_error_message=_("This network has reported the comment already."),
            ),
        ]
        indexes = [
            models.Index(fields=["at"], name="report_by_time"),
            models.Index(
                fields=["settled_at", "at"], name="report_to_be_forgotten", condition=~Q(email="") | ~Q(network="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}: {self.comment_id}"
