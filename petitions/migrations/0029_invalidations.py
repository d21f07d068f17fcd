"""Invalidations, what each took, objections to them, and by which network a form came."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("petitions", "0028_lists_and_limits"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="signature",
            name="network_hash",
            field=models.CharField(blank=True, editable=False, max_length=16, null=True),
        ),
        migrations.AlterField(
            model_name="outboxmail",
            name="kind",
            field=models.CharField(
                choices=[
                    ("signed", "after signing"),
                    ("commented", "after commenting"),
                    ("followed", "after asking to follow"),
                    ("replied", "after a reply"),
                    ("news", "news"),
                    ("password", "after forgetting a password"),
                    ("taken_out", "after invalidating a signature"),
                    ("findings", "what stands out among signatures"),
                ],
                max_length=10,
                verbose_name="mail",
            ),
        ),
        migrations.CreateModel(
            name="Invalidation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("signed_from", models.DateTimeField(blank=True, null=True, verbose_name="signed from")),
                ("signed_until", models.DateTimeField(blank=True, null=True, verbose_name="signed before")),
                ("confirmed_from", models.DateTimeField(blank=True, null=True, verbose_name="confirmed from")),
                ("confirmed_until", models.DateTimeField(blank=True, null=True, verbose_name="confirmed before")),
                ("mail_domain", models.CharField(blank=True, max_length=253, verbose_name="mail domain")),
                ("country", models.CharField(blank=True, max_length=2, verbose_name="country")),
                ("name", models.CharField(blank=True, max_length=150, verbose_name="full name")),
                (
                    "name_pattern",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("keyboard", "a row of keys, such as “asdf”"),
                            ("digits", "with digits"),
                            ("repeated", "one letter four times"),
                        ],
                        max_length=10,
                        verbose_name="kind of name",
                    ),
                ),
                (
                    "delay_below",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="confirmed sooner than, in seconds"
                    ),
                ),
                (
                    "delay_above",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="confirmed later than, in seconds"),
                ),
                ("review_reason", models.CharField(blank=True, max_length=40, verbose_name="marked for review as")),
                (
                    "held_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("domain", "blocked mail domain"),
                            ("address", "blocked address"),
                            ("network", "blocked network"),
                            ("limit", "too many at once from one network"),
                        ],
                        max_length=12,
                        verbose_name="held for",
                    ),
                ),
                ("network_hash", models.CharField(blank=True, max_length=16, verbose_name="network")),
                ("takes_pending", models.BooleanField(default=False, verbose_name="also those still to be confirmed")),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
                (
                    "public_reason",
                    models.CharField(
                        choices=[
                            ("twice", "The same person twice"),
                            ("name", "A name nobody can have"),
                            ("address", "A throw-away mail address"),
                            ("machine", "Sent by a machine"),
                            ("stranger", "Signed in another person’s name"),
                            ("other", "Another reason"),
                        ],
                        max_length=12,
                        verbose_name="public reason",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("drafted", "waits for a second person"),
                            ("agreed", "about to begin"),
                            ("running", "running"),
                            ("cancelled", "cancelled"),
                            ("done", "done"),
                            ("undoing", "being undone"),
                            ("undone", "undone"),
                        ],
                        default="drafted",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="asked"),
                ),
                ("finished_at", models.DateTimeField(null=True, verbose_name="finished")),
                ("expected_count", models.PositiveIntegerField(default=0)),
                ("taken_count", models.PositiveIntegerField(default=0)),
                ("restored_count", models.PositiveIntegerField(default=0)),
                ("below", models.BigIntegerField()),
                (
                    "agreed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="agreed by",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked by",
                    ),
                ),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invalidations",
                        to="petitions.petition",
                        verbose_name="petition",
                    ),
                ),
            ],
            options={
                "verbose_name": "invalidation",
                "verbose_name_plural": "invalidations",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="InvalidatedSignature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state_before", models.CharField(max_length=12)),
                ("invalidated_at", models.DateTimeField()),
                (
                    "end",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("restored", "restored"),
                            ("objection", "restored after an objection"),
                            ("left", "decided otherwise meanwhile"),
                        ],
                        default="",
                        max_length=9,
                    ),
                ),
                (
                    "signature",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="takings", to="petitions.signature"
                    ),
                ),
                (
                    "invalidation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="taken",
                        to="petitions.invalidation",
                    ),
                ),
            ],
            options={
                "verbose_name": "invalidated signature",
                "verbose_name_plural": "invalidated signatures",
            },
        ),
        migrations.CreateModel(
            name="Objection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("invalidated_at", models.DateTimeField(verbose_name="invalidated")),
                ("words", models.TextField(blank=True, max_length=500, verbose_name="what the signer says")),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "waiting"), ("upheld", "restored"), ("declined", "stays out")],
                        default="waiting",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                (
                    "made_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="made"),
                ),
                ("decided_at", models.DateTimeField(null=True, verbose_name="decided")),
                (
                    "signature",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="objections",
                        to="petitions.signature",
                    ),
                ),
            ],
            options={
                "verbose_name": "objection",
                "verbose_name_plural": "objections",
                "ordering": ["-pk"],
            },
        ),
        migrations.AddIndex(
            model_name="invalidation",
            index=models.Index(
                condition=models.Q(("state__in", ["agreed", "running", "undoing"])),
                fields=["id"],
                name="invalidation_goes_on",
            ),
        ),
        migrations.AddConstraint(
            model_name="invalidation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confirmed_from", None),
                    ("confirmed_until", None),
                    ("country", ""),
                    ("delay_above", None),
                    ("delay_below", None),
                    ("held_reason", ""),
                    ("mail_domain", ""),
                    ("name", ""),
                    ("name_pattern", ""),
                    ("network_hash", ""),
                    ("review_reason", ""),
                    ("signed_from", None),
                    ("signed_until", None),
                    _negated=True,
                ),
                name="invalidation_asks_something",
                violation_error_message="Say by what these signatures are known: all of a petition are never meant.",
            ),
        ),
        migrations.AddConstraint(
            model_name="invalidation",
            constraint=models.CheckConstraint(
                condition=models.Q(("agreed_by", models.F("created_by")), _negated=True),
                name="invalidation_two_people",
                violation_error_message="Somebody else must say yes.",
            ),
        ),
        migrations.AddIndex(
            model_name="invalidatedsignature",
            index=models.Index(
                condition=models.Q(("end", "")), fields=["invalidation", "id"], name="invalidatedsignature_out"
            ),
        ),
        migrations.AddConstraint(
            model_name="invalidatedsignature",
            constraint=models.UniqueConstraint(
                fields=("invalidation", "signature"),
                name="invalidatedsignature_once",
                violation_error_message="This signature is taken out already.",
            ),
        ),
        migrations.AddIndex(
            model_name="objection",
            index=models.Index(condition=models.Q(("state", "waiting")), fields=["id"], name="objection_waiting"),
        ),
        migrations.AddConstraint(
            model_name="objection",
            constraint=models.UniqueConstraint(
                fields=("signature", "invalidated_at"),
                name="objection_once",
                violation_error_message="You have objected already.",
            ),
        ),
    ]
