"""Indexes of the outbox, made while mail goes on waiting and being sent."""

from django.contrib.postgres.operations import AddIndexConcurrently, ValidateConstraint
from django.db import migrations, models
from django.db.models import Q

ONCE_PER_MAILING = """
    CREATE UNIQUE INDEX CONCURRENTLY outboxmail_once_per_mailing ON petitions_outboxmail (mailing_id, address_key)
    WHERE mailing_id IS NOT NULL
"""


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("petitions", "0009_mailings")]
    operations = [
        ValidateConstraint("outboxmail", "outboxmail_one_recipient"),
        AddIndexConcurrently(
            "outboxmail",
            models.Index(
                fields=["due_at", "id"],
                name="outboxmail_due_first",
                condition=Q(state="waiting", mailing__isnull=True),
            ),
        ),
        AddIndexConcurrently(
            "outboxmail",
            models.Index(fields=["staff"], name="outboxmail_staff", condition=Q(staff__isnull=False)),
        ),
        migrations.SeparateDatabaseAndState(
            [migrations.RunSQL(ONCE_PER_MAILING, "DROP INDEX CONCURRENTLY outboxmail_once_per_mailing")],
            [
                migrations.AddConstraint(
                    "outboxmail",
                    models.UniqueConstraint(
                        fields=["mailing", "address_key"],
                        condition=Q(mailing__isnull=False),
                        name="outboxmail_once_per_mailing",
                        violation_error_message="This address gets the mailing already.",
                    ),
                )
            ],
        ),
    ]
