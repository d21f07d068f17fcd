"""What signatures have in common, by the hour, and what of it stood out."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("petitions", "0029_invalidations"),
    ]

    operations = [
        migrations.CreateModel(
            name="TrendMark",
            fields=[
                ("purpose", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("done_id", models.BigIntegerField()),
                ("ready_id", models.BigIntegerField()),
                ("ready_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="TrendCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("hour", models.DateTimeField()),
                (
                    "dimension",
                    models.CharField(
                        choices=[
                            ("network", "network"),
                            ("domain", "mail domain"),
                            ("country", "country"),
                            ("name", "kind of name"),
                            ("delay", "time until it was confirmed"),
                            ("language", "language that is rare in the country"),
                        ],
                        max_length=8,
                    ),
                ),
                ("key", models.CharField(blank=True, max_length=64)),
                ("count", models.PositiveIntegerField()),
                (
                    "petition",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="petitions.petition",
                    ),
                ),
            ],
            options={
                "verbose_name": "trend count",
                "verbose_name_plural": "trend counts",
                "indexes": [models.Index(fields=["hour"], name="trendcount_hour")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("petition", "hour", "dimension", "key"),
                        name="trendcount_one_per_key",
                        violation_error_message="This count exists already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TrendFinding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "dimension",
                    models.CharField(
                        choices=[
                            ("network", "network"),
                            ("domain", "mail domain"),
                            ("country", "country"),
                            ("name", "kind of name"),
                            ("delay", "time until it was confirmed"),
                            ("language", "language that is rare in the country"),
                        ],
                        max_length=8,
                        verbose_name="what",
                    ),
                ),
                ("key", models.CharField(max_length=64)),
                ("day", models.DateField()),
                ("hour", models.DateTimeField(verbose_name="hour")),
                ("count", models.PositiveIntegerField()),
                ("of_total", models.PositiveIntegerField()),
                ("usual_percent", models.PositiveSmallIntegerField()),
                (
                    "found_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="found"),
                ),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="petitions.petition",
                        verbose_name="petition",
                    ),
                ),
            ],
            options={
                "verbose_name": "finding",
                "verbose_name_plural": "findings",
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["found_at"], name="trendfinding_found")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("petition", "dimension", "key", "day"),
                        name="trendfinding_once_a_day",
                        violation_error_message="This is found already.",
                    )
                ],
            },
        ),
    ]
