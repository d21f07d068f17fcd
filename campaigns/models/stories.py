"""Stories: what many campaigns of one movement share, written once."""

from typing import TYPE_CHECKING, cast

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from petitions.languages import LanguageField

from .cities import City

if TYPE_CHECKING:
    from .campaigns import Campaign


class Story(models.Model):
    """Texts, media, evidence, letters, posts and updates that serve every campaign which names this story."""

    name = models.CharField(
        _("name"), max_length=100, unique=True, help_text=_("For organizers; not shown to readers.")
    )
    city = models.ForeignKey(
        City,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="stories",
        verbose_name=_("about the city"),
        help_text=_("Leave empty when the story is told of several cities."),
    )
    source_language = LanguageField(
        _("source language"), default="en", help_text=_("The language the texts are first written in.")
    )

    class Meta:
        verbose_name = _("shared story")
        verbose_name_plural = _("shared stories")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


def one_owner(model: str) -> models.CheckConstraint:
    """Content belongs to one campaign or to one shared story."""
    return models.CheckConstraint(
        condition=Q(campaign__isnull=False, story__isnull=True) | Q(campaign__isnull=True, story__isnull=False),
        name=f"{model}_one_owner",
        violation_error_message=_("Choose either a campaign or a shared story."),
    )


class Content(models.Model):
    """Something that belongs to one campaign or to a shared story, in its place among its like."""

    campaign = models.ForeignKey(
        "campaigns.Campaign", on_delete=models.CASCADE, null=True, blank=True, verbose_name=_("campaign")
    )
    story = models.ForeignKey(Story, on_delete=models.CASCADE, null=True, blank=True, verbose_name=_("shared story"))
    position = models.PositiveSmallIntegerField(_("place"), default=0, help_text=_("Smaller numbers come first."))

    class Meta:
        abstract = True

    @property
    def owner(self) -> "Campaign | Story":
        """Whose it is: the database lets every row have exactly one of the two."""
        return self.campaign or cast(Story, self.story)
