"""How often a key was seen in its window of time."""

from django.db import models


class ThrottleCount(models.Model):
    """The table is UNLOGGED (migration): counting costs no disk flush, and losing it in a crash harms nobody."""

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField()
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.key[:8]}: {self.count}"
