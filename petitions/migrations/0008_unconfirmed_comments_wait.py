"""A comment whose author has not confirmed it is never decided: its words may still be replaced."""

from django.contrib.postgres.operations import AddConstraintNotValid, ValidateConstraint
from django.db import migrations, models

SEND_BACK = """
    UPDATE petitions_comment SET state = 'pending', decided_at = NULL
    WHERE confirmed_at IS NULL AND state <> 'pending'
"""


class Migration(migrations.Migration):
    # Each step commits by itself, so that the rows are read through without a lock that stops writers.
    atomic = False

    dependencies = [("petitions", "0007_indexes_for_retention")]

    operations = [
        migrations.RunSQL(SEND_BACK, migrations.RunSQL.noop),
        AddConstraintNotValid(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(confirmed_at__isnull=False) | models.Q(state="pending"),
                name="comment_decided_once_confirmed",
                violation_error_message="Only a comment whose author has confirmed it can be decided.",
            ),
        ),
        ValidateConstraint("comment", "comment_decided_once_confirmed"),
        # The help text alone.
        migrations.AlterField(
            model_name="petition",
            name="status",
            field=models.CharField(
                choices=[
                    ("draft", "draft"),
                    ("open", "open for signatures"),
                    ("paused", "paused"),
                    ("closed", "closed"),
                ],
                default="draft",
                help_text="Paused: it takes no signatures for a while, and its page asks readers to come back. Closed: it takes none any more, and half a year later its names become anonymous.",
                max_length=10,
                verbose_name="status",
            ),
        ),
    ]
