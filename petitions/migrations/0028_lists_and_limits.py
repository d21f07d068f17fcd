"""Block, watch and allow lists, and other numbers for the limits."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("petitions", "0027_held_signature_indexes"),
    ]

    operations = [
        migrations.CreateModel(
            name="ThrottleOverride",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=40, unique=True, verbose_name="limit")),
                (
                    "times",
                    models.PositiveIntegerField(
                        help_text="So often at most,",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(1000000),
                        ],
                        verbose_name="times",
                    ),
                ),
                (
                    "minutes",
                    models.PositiveIntegerField(
                        help_text="within so many minutes: an hour is 60, a day 1440.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(1440),
                        ],
                        verbose_name="in minutes",
                    ),
                ),
            ],
            options={
                "verbose_name": "limit",
                "verbose_name_plural": "limits",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="ListEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("block", "block"),
                            ("watch", "watch"),
                            ("allow", "allow"),
                        ],
                        default="block",
                        help_text="Block: its signatures are held. Watch: they count, and are marked for review. Allow: they are never held, whatever else is listed.",
                        max_length=5,
                        verbose_name="list",
                    ),
                ),
                (
                    "about",
                    models.CharField(
                        choices=[("domain", "mail domain"), ("address", "e-mail address"), ("network", "network")],
                        max_length=7,
                        verbose_name="kind of entry",
                    ),
                ),
                (
                    "pattern",
                    models.CharField(
                        help_text="A domain such as spam.example, which includes all below it, or *.spam.example, which is only those below it; an address; or a network such as 203.0.113.0/24 or 2001:db8::/48.",
                        max_length=254,
                        verbose_name="entry",
                    ),
                ),
                (
                    "comment",
                    models.CharField(
                        help_text="For those who find this entry later.", max_length=300, verbose_name="why"
                    ),
                ),
                ("author_name", models.CharField(editable=False, max_length=150, verbose_name="by")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="since")),
                (
                    "ends_at",
                    models.DateTimeField(
                        blank=True, help_text="Empty: until somebody ends it.", null=True, verbose_name="until"
                    ),
                ),
            ],
            options={
                "verbose_name": "list entry",
                "verbose_name_plural": "block, watch and allow lists",
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("about", "pattern"),
                        name="listentry_once",
                        violation_error_message="This is listed already. Change that entry: one that ended can begin again.",
                    )
                ],
            },
        ),
    ]
