"""Acts by day, the public ledger that is written from them and only grows, and a public reason for invalidations."""

import django.db.models.deletion
from django.db import migrations, models

ONLY_GROWS = """
    CREATE FUNCTION petitions_ledgerrecord_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'records of the ledger are never changed or deleted'
            USING ERRCODE = 'integrity_constraint_violation';
    END $$;
    CREATE TRIGGER petitions_ledgerrecord_append_only BEFORE UPDATE OR DELETE ON petitions_ledgerrecord
    FOR EACH ROW EXECUTE FUNCTION petitions_ledgerrecord_refuse();
    CREATE TRIGGER petitions_ledgerrecord_never_emptied BEFORE TRUNCATE ON petitions_ledgerrecord
    FOR EACH STATEMENT EXECUTE FUNCTION petitions_ledgerrecord_refuse();
"""
MAY_SHRINK = """
    DROP TRIGGER petitions_ledgerrecord_never_emptied ON petitions_ledgerrecord;
    DROP TRIGGER petitions_ledgerrecord_append_only ON petitions_ledgerrecord;
    DROP FUNCTION petitions_ledgerrecord_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("petitions", "0024_desk_indexes"),
    ]

    operations = [
        migrations.CreateModel(
            name="Ledger",
            fields=[
                (
                    "petition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="ledger",
                        serialize=False,
                        to="petitions.petition",
                    ),
                ),
                (
                    "closed_on",
                    models.DateField(help_text="The last day that was looked at, quiet ones included", null=True),
                ),
                ("waiting", models.IntegerField(db_default=0, default=0)),
            ],
            options={
                "verbose_name": "ledger",
                "verbose_name_plural": "ledgers",
            },
        ),
        migrations.AddField(
            model_name="signature",
            name="invalidated_for",
            field=models.CharField(
                blank=True,
                choices=[
                    ("twice", "The same person twice"),
                    ("name", "A name nobody can have"),
                    ("address", "A throw-away mail address"),
                    ("machine", "Sent by a machine"),
                    ("stranger", "Signed in another person’s name"),
                    ("other", "Another reason"),
                ],
                db_default="",
                default="",
                max_length=12,
                verbose_name="public reason",
            ),
        ),
        migrations.CreateModel(
            name="ActDelta",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("form", "form sent"),
                            ("confirmed", "confirmed"),
                            ("withdrawn", "withdrawn"),
                            ("invalidated", "invalidated"),
                            ("restored", "restored"),
                        ],
                        max_length=12,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=12)),
                ("day", models.DateField()),
                ("amount", models.IntegerField()),
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
                "verbose_name": "act delta",
                "verbose_name_plural": "act deltas",
            },
        ),
        migrations.CreateModel(
            name="ActCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("form", "form sent"),
                            ("confirmed", "confirmed"),
                            ("withdrawn", "withdrawn"),
                            ("invalidated", "invalidated"),
                            ("restored", "restored"),
                        ],
                        max_length=12,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=12)),
                ("day", models.DateField()),
                ("count", models.IntegerField()),
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
                "verbose_name": "act count",
                "verbose_name_plural": "act counts",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("petition", "day", "act", "reason"),
                        name="actcount_one_per_day",
                        violation_error_message="This count exists already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LedgerRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("day", models.DateField()),
                ("forms", models.PositiveIntegerField()),
                ("confirmed", models.PositiveIntegerField()),
                ("withdrawn", models.PositiveIntegerField()),
                ("invalidated", models.JSONField(help_text="By public reason")),
                ("restored", models.JSONField(help_text="By public reason")),
                ("total", models.PositiveIntegerField()),
                ("former", models.CharField(blank=True, max_length=64)),
                ("digest", models.CharField(max_length=64)),
                (
                    "petition",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ledger_records",
                        to="petitions.petition",
                    ),
                ),
            ],
            options={
                "verbose_name": "ledger record",
                "verbose_name_plural": "ledger records",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("petition", "day"),
                        name="ledgerrecord_one_per_day",
                        violation_error_message="This day is written down already.",
                    ),
                    models.UniqueConstraint(
                        fields=("petition", "number"),
                        name="ledgerrecord_one_after_another",
                        violation_error_message="This number is taken.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("former", ""), ("number", 1)),
                            models.Q(("number__gt", 1), models.Q(("former", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="ledgerrecord_names_its_former",
                        violation_error_message="Each day names the digest of the one before.",
                    ),
                ],
            },
        ),
        migrations.RunSQL(ONLY_GROWS, MAY_SHRINK),
    ]
