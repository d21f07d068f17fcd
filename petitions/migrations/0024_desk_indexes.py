"""What the desk asks for, made while people go on writing."""

import django.contrib.postgres.indexes
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("petitions", "0023_desk")]

    operations = [
        AddIndexConcurrently(
            model_name="comment",
            index=models.Index(
                condition=models.Q(
                    models.Q(
                        ("state", "pending"),
                        models.Q(("reported_at__isnull", False), ("state", "approved")),
                        _connector="OR",
                    ),
                    ("confirmed_at__isnull", False),
                ),
                fields=["written_in", "id"],
                name="comment_waiting_by_language",
            ),
        ),
        AddIndexConcurrently(
            model_name="comment",
            index=models.Index(
                condition=models.Q(("state", "approved"), ("unseen_since__isnull", False)),
                fields=["id"],
                name="comment_unseen",
            ),
        ),
        AddIndexConcurrently(
            model_name="comment",
            index=models.Index(
                condition=models.Q(
                    models.Q(
                        ("state", "pending"),
                        models.Q(("reported_at__isnull", False), ("state", "approved")),
                        _connector="OR",
                    ),
                    ("confirmed_at__isnull", False),
                ),
                fields=["words_hash"],
                name="comment_same_words",
            ),
        ),
        AddIndexConcurrently(
            model_name="comment",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(
                    models.Q(
                        ("state", "pending"),
                        models.Q(("reported_at__isnull", False), ("state", "approved")),
                        _connector="OR",
                    ),
                    ("confirmed_at__isnull", False),
                ),
                fields=["word_bands"],
                name="comment_alike_words",
            ),
        ),
        AddIndexConcurrently(
            model_name="comment",
            index=models.Index(
                condition=models.Q(("confirmed_at__isnull", False), ("words_hash__isnull", True)),
                fields=["-id"],
                name="comment_to_be_compared",
            ),
        ),
    ]
