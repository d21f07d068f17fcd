"""The comments whose language nobody has looked at yet, found while people go on writing."""

from django.contrib.postgres.operations import AddIndexConcurrently, ValidateConstraint
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("petitions", "0011_written_in")]

    operations = [
        ValidateConstraint("comment", "comment_written_in_is_told"),
        AddIndexConcurrently(
            "comment",
            models.Index(
                fields=["id"],
                name="comment_to_be_looked_at",
                condition=Q(confirmed_at__isnull=False, written_in_confidence__isnull=True),
            ),
        ),
    ]
