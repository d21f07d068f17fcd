"""The pictures that links to campaigns are shown with on other sites."""

from django.db import models
from django.db.models.functions import Now

from petitions.languages import LONGEST_TAG

from .campaigns import Campaign


class SharePicture(models.Model):
    """One drawing of a campaign in a language. The one made last is shown; those before it stay a while.

    The row comes before the drawing: who inserted it, or took it over long after, is the one who draws.
    """

    # A campaign that is gone leaves its files to be removed.
    campaign = models.ForeignKey(Campaign, on_delete=models.SET_NULL, null=True, related_name="share_pictures")
    language = models.CharField(max_length=LONGEST_TAG)
    # Of all that is drawn.
    digest = models.CharField(max_length=64)
    # In the storage; empty while it is drawn, and where it could not be.
    name = models.CharField(max_length=200, blank=True, default="", db_default="")
    claimed_at = models.DateTimeField(db_default=Now())
    made_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "language", "digest"], name="sharepicture_once"),
        ]

    def __str__(self) -> str:
        return self.name
