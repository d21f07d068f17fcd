"""The petition: what is asked, of whom, until when, and exactly what was signed."""

from datetime import datetime, timedelta
from typing import Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..languages import LanguageField, Text, one_per_language, reader_language

CONFIRMATION_GRACE = timedelta(hours=24)


class PetitionQuerySet(models.QuerySet["Petition"]):
    def visible(self) -> Self:
        """What the public may read: everything that was opened, closed ones included."""
        return self.exclude(status=Petition.Status.DRAFT).filter(opened_at__lte=timezone.now())

    def overdue(self) -> Self:
        """Open or paused ones whose closing time has passed."""
        going_on = (Petition.Status.OPEN, Petition.Status.PAUSED)
        return self.filter(status__in=going_on, closes_at__lte=timezone.now())


class Petition(models.Model):
    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        OPEN = "open", _("open for signatures")
        PAUSED = "paused", _("paused")
        CLOSED = "closed", _("closed")

    class Phase(models.TextChoices):
        """What it is at this moment, by status and clock: the one source of the words for it."""

        DRAFT = "draft", _("draft")
        SCHEDULED = "scheduled", _("scheduled")
        OPEN = "open", _("open for signatures")
        PAUSED = "paused", _("paused")
        ENDED = "ended", _("ended")

    slug = models.SlugField(
        _("address"),
        max_length=80,
        unique=True,
        help_text=_("The last part of its web address; keep it once published."),
    )
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=Status,
        default=Status.DRAFT,
        help_text=_(
            "Paused: it takes no signatures for a while, and its page asks readers to come back. Closed: it takes none "
            "any more, and half a year later its names become anonymous."
        ),
    )
    goal = models.PositiveIntegerField(
        _("goal"),
        default=1000,
        validators=[MinValueValidator(1)],
        help_text=_("The number of signatures aimed at."),
    )
    source_language = LanguageField(
        _("source language"), default="en", help_text=_("The language the text is first written in.")
    )
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes by itself"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    # Set once all its signatures are anonymous, so that nobody looks for more of them.
    anonymised_at = models.DateTimeField(null=True, blank=True, editable=False)
    trusts_after = models.PositiveSmallIntegerField(
        _("trusts authors after"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_(
            "Comments of authors who were approved so many times, and never rejected, are published at once, and a "
            "moderator looks at them afterwards. Empty: everything waits for a moderator."
        ),
    )
    page_path = models.CharField(
        _("page"),
        max_length=200,
        blank=True,
        editable=False,
        help_text=_("Where signers come home to, after the language in the address; blank: the petition's own page."),
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    # Filled by `loaded("texts")`.
    loaded_texts: list["PetitionText"]

    objects = PetitionQuerySet.as_manager()

    class Meta:
        verbose_name = _("petition")
        verbose_name_plural = _("petitions")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(goal__gte=1),
                name="petition_goal_positive",
                violation_error_message=_("Aim at one signature or more."),
            ),
            models.CheckConstraint(
                condition=Q(trusts_after__isnull=True) | Q(trusts_after__gte=1),
                name="petition_trusts_somebody_known",
                violation_error_message=_("Trust nobody at the first comment: say 1 or more, or leave it empty."),
            ),
            models.CheckConstraint(
                condition=Q(status="draft") | Q(opened_at__isnull=False),
                name="petition_open_since",
                violation_error_message=_("Say since when the petition is open."),
            ),
            models.CheckConstraint(
                condition=~Q(status="closed") | Q(closed_at__isnull=False),
                name="petition_closed_since",
                violation_error_message=_("Say when the petition was closed."),
            ),
            models.CheckConstraint(
                condition=Q(closes_at__isnull=True) | Q(closes_at__gt=F("opened_at")),
                name="petition_closes_after_opening",
                violation_error_message=_("The petition must close after it opens."),
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    def text(self, language: str | None = None) -> "PetitionText | None":
        """The text for a reader of `language` (the active one by default), in one statement."""
        texts = PetitionText.objects.filter(petition=self)
        return texts.by_preference(language or reader_language(), Value(self.source_language)).first()

    @property
    def ended_at(self) -> datetime | None:
        """When signing ended or will end, whichever comes first."""
        ends = [moment for moment in (self.closed_at, self.closes_at) if moment]
        return min(ends) if ends else None

    @property
    def is_visible(self) -> bool:
        return self.status != self.Status.DRAFT and self.opened_at is not None and self.opened_at <= timezone.now()

    @property
    def phase(self) -> Phase:
        now = timezone.now()
        if self.status == self.Status.DRAFT or self.opened_at is None:
            return self.Phase.DRAFT
        if self.status == self.Status.CLOSED or (self.ended_at and self.ended_at <= now):
            return self.Phase.ENDED
        if self.status == self.Status.PAUSED:
            return self.Phase.PAUSED
        return self.Phase.OPEN if self.opened_at <= now else self.Phase.SCHEDULED

    @property
    def is_open(self) -> bool:
        return self.phase == self.Phase.OPEN

    @property
    def can_be_followed(self) -> bool:
        return self.is_visible and self.phase != self.Phase.ENDED

    @property
    def can_be_confirmed(self) -> bool:
        """A signature given in time may be confirmed for 24 hours after the end."""
        if self.status == self.Status.DRAFT:
            return False
        return self.ended_at is None or timezone.now() < self.ended_at + CONFIRMATION_GRACE


class PetitionText(Text):
    petition = models.ForeignKey(Petition, on_delete=models.CASCADE, related_name="texts")
    title = models.CharField(_("title"), max_length=200)
    addressed_to = models.CharField(
        _("handed to"),
        max_length=150,
        help_text=_("Who receives the signatures, as it stands in a sentence: the Mayor of Milan."),
    )
    body = models.TextField(_("text that is signed"), max_length=5000, help_text=_("Markdown."))

    class Meta:
        verbose_name = _("text")
        verbose_name_plural = _("texts")
        ordering = ["language"]
        constraints = [
            one_per_language("petition", "petitiontext_one_per_language"),
        ]


class SignedText(models.Model):
    """Exactly what stood before a signer: written once, never changed, however the petition is edited."""

    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of all other fields")
    petition = models.ForeignKey(Petition, on_delete=models.CASCADE, related_name="signed_texts")
    language = LanguageField()
    title = models.CharField(max_length=200)
    body = models.TextField()
    consent = models.TextField()
    promises_full_name = models.BooleanField(
        default=False,
        db_default=False,
        help_text="Whether the consent says that the full name is handed over; before, it was the name as chosen",
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("signed text")
        verbose_name_plural = _("signed texts")

    def __str__(self) -> str:
        return f"{self.title} ({self.language})"
