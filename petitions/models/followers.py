"""A follower: an address that asked for news of a petition without signing it."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..languages import LanguageField
from .petitions import Petition


class FollowerQuerySet(models.QuerySet["Follower"]):
    def following(self) -> Self:
        return self.filter(confirmed_at__isnull=False, stopped_at__isnull=True)


class Follower(models.Model):
    petition = models.ForeignKey(
        Petition, on_delete=models.CASCADE, related_name="followers", verbose_name=_("petition")
    )
    email = models.EmailField(_("e-mail"), max_length=254)
    canonical_email = models.CharField(max_length=254, editable=False)
    language = LanguageField()
    asked_at = models.DateTimeField(_("asked"), auto_now_add=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    stopped_at = models.DateTimeField(_("stopped"), null=True, blank=True)
    # Only the release before writes it; the outbox counts now.
    mail_count = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)

    objects = FollowerQuerySet.as_manager()

    class Meta:
        verbose_name = _("follower")
        verbose_name_plural = _("followers")
        constraints = [
            models.UniqueConstraint(
                fields=["petition", "canonical_email"],
                name="follower_one_per_address",
                violation_error_message=_("This address follows already."),
            ),
        ]
        indexes = [
            models.Index(fields=["asked_at"], name="follower_unconfirmed", condition=Q(confirmed_at__isnull=True)),
            models.Index(fields=["stopped_at"], name="follower_stopped", condition=Q(stopped_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.petition_id}/{self.pk}"

    @property
    def is_following(self) -> bool:
        return self.confirmed_at is not None and self.stopped_at is None
