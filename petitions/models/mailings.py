"""Mailings: news for the signers and followers who asked for it, as somebody asked and somebody else agreed."""

from datetime import timedelta
from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ..languages import LanguageField, Text, best_text
from .petitions import Petition


class MailingQuerySet(models.QuerySet["Mailing"]):
    def of(self, about: str) -> Self:
        return self.filter(about=about)

    def live(self) -> Self:
        """Neither done nor stopped."""
        return self.filter(state__in=Mailing.LIVE)


class Mailing(models.Model):
    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        ASKED = "asked", _("waits for a second person")
        SENDING = "sending", _("being sent")
        DONE = "done", _("sent")
        STOPPED = "stopped", _("stopped")

    LIVE = (State.DRAFT, State.ASKED, State.SENDING)

    # The engine knows no campaigns: whoever mails says what about, such as update-12.
    about = models.CharField(max_length=40, db_index=True)
    source_language = LanguageField()
    state = models.CharField(_("state"), max_length=8, choices=State, db_default=State.DRAFT, default=State.DRAFT)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("asked by")
    )
    asked_at = models.DateTimeField(_("asked"), null=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("approved by")
    )
    starts_at = models.DateTimeField(_("starts"), null=True)
    spread_hours = models.PositiveSmallIntegerField(
        _("hours"), default=4, db_default=4, validators=[MaxValueValidator(72)]
    )
    # As counted when it was asked for; and how many wait in the outbox or went through it.
    expected_count = models.PositiveIntegerField(default=0, db_default=0)
    queued_count = models.PositiveIntegerField(default=0, db_default=0)
    finished_at = models.DateTimeField(_("finished"), null=True)

    objects = MailingQuerySet.as_manager()

    class Meta:
        verbose_name = _("mailing")
        verbose_name_plural = _("mailings")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["about"],
                condition=Q(state__in=["draft", "asked", "sending"]),
                name="mailing_one_at_a_time",
                violation_error_message=_("This is being mailed already."),
            ),
            models.CheckConstraint(
                condition=~Q(approved_by=F("asked_by")),
                name="mailing_two_people",
                violation_error_message=_("Somebody else must say yes."),
            ),
            models.CheckConstraint(
                condition=Q(spread_hours__lte=72),
                name="mailing_hours",
                violation_error_message=_("Spread it over three days at most."),
            ),
        ]
        permissions = [("send_mailing", _("Can send news by mail"))]

    def __str__(self) -> str:
        return f"{self.about}/{self.pk}"

    @property
    def spread(self) -> timedelta:
        return timedelta(hours=self.spread_hours)

    def text_for(self, petition: Petition, language: str) -> "MailingText | None":
        """What a signer or follower of this petition reads."""
        return best_text(self.texts.filter(petition=petition), language, self.source_language)


class MailingText(Text):
    """Words as they were approved, for the people of one petition: placeholders filled, whatever is edited later."""

    mailing = models.ForeignKey(Mailing, on_delete=models.CASCADE, related_name="texts")
    petition = models.ForeignKey(Petition, on_delete=models.CASCADE, related_name="+")
    subject = models.CharField(max_length=300)
    body = models.TextField()
    # Never edited, so never behind its source.
    source_digest = None  # type: ignore[assignment]
    source_words = None
    has_source = False

    class Meta:
        verbose_name = _("text")
        verbose_name_plural = _("texts")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["mailing", "petition", "language"],
                name="mailingtext_one_per_language",
                violation_error_message=_("There is already a text in this language."),
            ),
        ]


class MailingAudience(models.Model):
    """The people of one petition, and how far the mailing has come among them."""

    class Stage(models.TextChoices):
        SIGNATURES = "signatures", _("signatures")
        FOLLOWERS = "followers", _("followers")
        DONE = "done", _("done")

    mailing = models.ForeignKey(Mailing, on_delete=models.CASCADE, related_name="audiences")
    petition = models.ForeignKey(Petition, on_delete=models.CASCADE, related_name="+")
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.SIGNATURES, db_default=Stage.SIGNATURES)
    # Rows from this number up are queued already; empty at the beginning of a stage.
    queued_from = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = _("audience")
        verbose_name_plural = _("audiences")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["mailing", "petition"],
                name="mailingaudience_once",
                violation_error_message=_("This petition is in the mailing already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mailing_id}/{self.petition_id}: {self.stage}"
