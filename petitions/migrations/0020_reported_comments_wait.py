"""The moderators' queue holds reported comments too: its index is made anew while people go on writing."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("petitions", "0019_first_reasons")]

    operations = [
        AddIndexConcurrently(
            "comment",
            models.Index(
                fields=["-id"],
                name="comment_waiting",
                condition=Q(Q(state="pending") | Q(state="approved", reported_at__isnull=False))
                & Q(confirmed_at__isnull=False),
            ),
        ),
        RemoveIndexConcurrently("comment", "comment_queue"),
    ]
