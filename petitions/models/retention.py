"""When something was last forgotten: what tells a clock that jumped."""

from django.db import models
from django.db.models import Q


class RetentionRound(models.Model):
    """One row. `refused_at` is set while the clock cannot be believed."""

    at = models.DateTimeField()
    refused_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(id=1), name="retentionround_only_one", violation_error_message="There is one row already."
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
