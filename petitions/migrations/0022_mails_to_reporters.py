"""The rule for recipients is checked, and mails to those who reported are found, while mails go on."""

from django.contrib.postgres.operations import AddIndexConcurrently, ValidateConstraint
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("petitions", "0021_answers_and_reports")]

    operations = [
        ValidateConstraint("outboxmail", "outboxmail_one_recipient"),
        AddIndexConcurrently(
            "outboxmail",
            models.Index(fields=["report"], name="outboxmail_report", condition=Q(report__isnull=False)),
        ),
    ]
