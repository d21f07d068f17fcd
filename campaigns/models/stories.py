"""Stories: what many campaigns of one movement share, written once."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from petitions.languages import LanguageField

from .cities import City


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

    # Filled by `loaded("texts")`.
    loaded_texts: list[Any]

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
