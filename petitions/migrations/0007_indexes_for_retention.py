"""What is due to be forgotten is found without reading all that is not."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    # Indexes made while people sign cannot be made in a transaction.
    atomic = False

    dependencies = [
        ("petitions", "0006_retention_is_remembered"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="signature",
            index=models.Index(
                condition=models.Q(("confirmed_at__isnull", True)), fields=["signed_at"], name="signature_unconfirmed"
            ),
        ),
        AddIndexConcurrently(
            model_name="comment",
            index=models.Index(
                condition=models.Q(("confirmed_at__isnull", True), ("signature__isnull", True)),
                fields=["created_at"],
                name="comment_unconfirmed",
            ),
        ),
        AddIndexConcurrently(
            model_name="comment",
            index=models.Index(
                condition=models.Q(("email", ""), _negated=True), fields=["decided_at"], name="comment_with_address"
            ),
        ),
        AddIndexConcurrently(
            model_name="follower",
            index=models.Index(
                condition=models.Q(("confirmed_at__isnull", True)), fields=["asked_at"], name="follower_unconfirmed"
            ),
        ),
        AddIndexConcurrently(
            model_name="follower",
            index=models.Index(
                condition=models.Q(("stopped_at__isnull", False)), fields=["stopped_at"], name="follower_stopped"
            ),
        ),
    ]
