"""The campaign: two twinned cities, what is asked of one about the other, and how it ended."""

from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from petitions.counting import CountRead
from petitions.languages import LanguageField, Text, one_per_language
from petitions.models import Petition, PetitionText

from ..rules.placeholders import validate_placeholders
from .cities import City
from .stories import Story, one_owner
from .targets import Target


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def visible(self) -> Self:
        """What the public may read: published in time, closed ones included; the petition may open later."""
        return self.exclude(status=Campaign.Status.DRAFT).filter(
            published_at__lte=timezone.now(),
            petition__in=Petition.objects.exclude(status=Petition.Status.DRAFT),
        )


class Campaign(models.Model):
    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        CLOSED = "closed", _("closed, with an outcome")

    class Phase(models.TextChoices):
        """What it is at this moment, by status and clock: the one source of the words for it."""

        DRAFT = "draft", _("draft")
        SCHEDULED = "scheduled", _("scheduled")
        PUBLISHED = "published", _("published")
        CLOSED = "closed", _("closed, with an outcome")

    slug = models.SlugField(
        _("address"),
        max_length=80,
        unique=True,
        help_text=_("The last part of its web address; keep it once published."),
    )
    asked_city = models.ForeignKey(
        City,
        on_delete=models.PROTECT,
        related_name="asked_in",
        verbose_name=_("asked city"),
        help_text=_("Its leaders are asked to speak up."),
    )
    other_city = models.ForeignKey(
        City,
        on_delete=models.PROTECT,
        related_name="other_in",
        verbose_name=_("sister city"),
        help_text=_("Where it happens."),
    )
    twinned_in = models.PositiveSmallIntegerField(
        _("twinned in"), validators=[MinValueValidator(1900), MaxValueValidator(2100)], help_text=_("A year.")
    )
    petition = models.ForeignKey(
        Petition,
        on_delete=models.PROTECT,
        related_name="campaigns",
        verbose_name=_("petition"),
        help_text=_("Several campaigns may share one petition."),
    )
    asked_city_goal = models.PositiveIntegerField(
        _("goal in the asked city"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("How many of the signatures should come from there. Shown beside its count; may stay empty."),
    )
    story = models.ForeignKey(
        Story,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="campaigns",
        verbose_name=_("shared story"),
        help_text=_("Its texts, media, evidence and updates appear here too; letters and posts where you write none."),
    )
    source_language = LanguageField(
        _("source language"), default="en", help_text=_("The language the texts are first written in.")
    )
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=Status,
        default=Status.DRAFT,
        help_text=_(
            "Closed: the page says how it ended, and the petition takes no more signatures. To take none for a while "
            "only, pause the petition."
        ),
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    is_demo = models.BooleanField(
        _("demonstration"),
        default=False,
        help_text=_("Says on the page that its data are for demonstration."),
    )

    # Filled by reading.loading, which fetches them for many campaigns at once.
    loaded_texts: list["CampaignText"]
    loaded_targets: list["CampaignTarget"]
    loaded_petition_texts: list[PetitionText]
    loaded_counts: CountRead
    loaded_letters_prepared: int
    loaded_calls_made: int
    loaded_heroes: list[Any]
    loaded_share_pictures: dict[str, Any]

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(asked_city=F("other_city")),
                name="campaign_two_cities",
                violation_error_message=_("A city is not its own sister: choose two cities."),
            ),
            models.CheckConstraint(
                condition=Q(status="draft") | Q(published_at__isnull=False),
                name="campaign_published_since",
                violation_error_message=_("Say since when the campaign is published."),
            ),
            models.CheckConstraint(
                condition=~Q(status="closed") | Q(closed_at__isnull=False),
                name="campaign_closed_since",
                violation_error_message=_("Say when the campaign was closed."),
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        return reverse("campaigns:campaign", args=[self.slug])

    @property
    def phase(self) -> Phase:
        if self.status == self.Status.PUBLISHED and self.published_at and self.published_at > timezone.now():
            return self.Phase.SCHEDULED
        return self.Phase(self.status)

    @property
    def takes_signatures(self) -> bool:
        """A closed campaign asks nobody to sign, even where another one keeps its petition open."""
        return not self.is_closed and self.petition.is_open

    @property
    def goes_on(self) -> bool:
        """What is missing to the goal may still come."""
        return not self.is_closed and self.petition.phase != Petition.Phase.ENDED

    @property
    def is_closed(self) -> bool:
        return self.status == self.Status.CLOSED


class CampaignText(Text):
    """The words of a campaign or of a shared story; a campaign's own words go before its story's."""

    campaign = models.ForeignKey(
        Campaign,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="texts",
        verbose_name=_("campaign"),
    )
    story = models.ForeignKey(
        Story,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="texts",
        verbose_name=_("shared story"),
    )
    headline = models.CharField(_("headline"), max_length=160, blank=True, validators=[validate_placeholders])
    summary = models.TextField(
        _("summary"),
        max_length=600,
        blank=True,
        validators=[validate_placeholders],
        help_text=_("Two or three sentences under the headline; also shown when the page is shared."),
    )
    body = models.TextField(
        _("story"),
        max_length=50_000,
        blank=True,
        validators=[validate_placeholders],
        help_text=_(
            "Markdown. Pictures follow the sections in their order. A line of three hyphens: what comes after it is "
            "folded on phones."
        ),
    )
    outcome = models.TextField(
        _("outcome"),
        max_length=5000,
        blank=True,
        validators=[validate_placeholders],
        help_text=_("How it ended, in Markdown. Stands first on the page once the campaign is closed."),
    )

    class Meta:
        verbose_name = _("text")
        verbose_name_plural = _("texts")
        ordering = ["language"]
        constraints = [
            one_owner("campaigntext"),
            one_per_language("campaign", "campaigntext_one_per_language"),
            one_per_language("story", "campaigntext_one_per_story_language"),
        ]


class CampaignTarget(models.Model):
    """The part that a target plays in a campaign."""

    class Role(models.TextChoices):
        DECIDES = "decides", _("Decides")
        COPY = "copy", _("Gets a copy")
        STAFF = "staff", _("Staff")

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="campaign_targets")
    target = models.ForeignKey(
        Target, on_delete=models.PROTECT, related_name="campaign_targets", verbose_name=_("target")
    )
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.DECIDES)
    position = models.PositiveSmallIntegerField(_("place"), default=0)

    class Meta:
        verbose_name = _("target of the campaign")
        verbose_name_plural = _("targets of the campaign")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "target"],
                name="campaigntarget_once",
                violation_error_message=_("This target is already in the campaign."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.target}"
