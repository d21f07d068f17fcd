"""Mailings with their texts and audiences, mail to staff who try one, and who wants to hear of replies."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

import petitions.languages


class Migration(migrations.Migration):
    dependencies = [
        ("petitions", "0008_unconfirmed_comments_wait"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Mailing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("about", models.CharField(db_index=True, max_length=40)),
                ("source_language", petitions.languages.LanguageField(max_length=35, verbose_name="language")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("asked", "waits for a second person"),
                            ("sending", "being sent"),
                            ("done", "sent"),
                            ("stopped", "stopped"),
                        ],
                        db_default="draft",
                        default="draft",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("asked_at", models.DateTimeField(null=True, verbose_name="asked")),
                ("starts_at", models.DateTimeField(null=True, verbose_name="starts")),
                (
                    "spread_hours",
                    models.PositiveSmallIntegerField(
                        db_default=4,
                        default=4,
                        validators=[django.core.validators.MaxValueValidator(72)],
                        verbose_name="hours",
                    ),
                ),
                ("expected_count", models.PositiveIntegerField(db_default=0, default=0)),
                ("queued_count", models.PositiveIntegerField(db_default=0, default=0)),
                ("finished_at", models.DateTimeField(null=True, verbose_name="finished")),
            ],
            options={
                "verbose_name": "mailing",
                "verbose_name_plural": "mailings",
                "ordering": ["-pk"],
                "permissions": [("send_mailing", "Can send news by mail")],
            },
        ),
        migrations.CreateModel(
            name="MailingAudience",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "stage",
                    models.CharField(
                        choices=[("signatures", "signatures"), ("followers", "followers"), ("done", "done")],
                        db_default="signatures",
                        default="signatures",
                        max_length=10,
                    ),
                ),
                ("queued_from", models.BigIntegerField(null=True)),
            ],
            options={
                "verbose_name": "audience",
                "verbose_name_plural": "audiences",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="MailingText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", petitions.languages.LanguageField(max_length=35, verbose_name="language")),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("subject", models.CharField(max_length=300)),
                ("body", models.TextField()),
            ],
            options={
                "verbose_name": "text",
                "verbose_name_plural": "texts",
                "ordering": ["pk"],
            },
        ),
        migrations.AddField(
            model_name="comment",
            name="wants_replies",
            field=models.BooleanField(db_default=False, default=False, verbose_name="wants to hear of replies"),
        ),
        migrations.AddField(
            model_name="outboxmail",
            name="address_key",
            field=models.UUIDField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="outboxmail",
            name="staff",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
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
                ],
                max_length=10,
                verbose_name="mail",
            ),
        ),
        migrations.AddField(
            model_name="mailing",
            name="approved_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="approved by",
            ),
        ),
        migrations.AddField(
            model_name="mailing",
            name="asked_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="asked by",
            ),
        ),
        migrations.AddField(
            model_name="outboxmail",
            name="mailing",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="mails",
                to="petitions.mailing",
            ),
        ),
        migrations.AddField(
            model_name="mailingaudience",
            name="mailing",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="audiences", to="petitions.mailing"
            ),
        ),
        migrations.AddField(
            model_name="mailingaudience",
            name="petition",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="petitions.petition"
            ),
        ),
        migrations.AddField(
            model_name="mailingtext",
            name="mailing",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="texts", to="petitions.mailing"
            ),
        ),
        migrations.AddField(
            model_name="mailingtext",
            name="petition",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="petitions.petition"
            ),
        ),
        migrations.AddConstraint(
            model_name="mailing",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["draft", "asked", "sending"])),
                fields=("about",),
                name="mailing_one_at_a_time",
                violation_error_message="This is being mailed already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="mailing",
            constraint=models.CheckConstraint(
                condition=models.Q(("approved_by", models.F("asked_by")), _negated=True),
                name="mailing_two_people",
                violation_error_message="Somebody else must say yes.",
            ),
        ),
        migrations.AddConstraint(
            model_name="mailing",
            constraint=models.CheckConstraint(
                condition=models.Q(("spread_hours__lte", 72)),
                name="mailing_hours",
                violation_error_message="Spread it over three days at most.",
            ),
        ),
        migrations.AddConstraint(
            model_name="mailingaudience",
            constraint=models.UniqueConstraint(
                fields=("mailing", "petition"),
                name="mailingaudience_once",
                violation_error_message="This petition is in the mailing already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="mailingtext",
            constraint=models.UniqueConstraint(
                fields=("mailing", "petition", "language"),
                name="mailingtext_one_per_language",
                violation_error_message="There is already a text in this language.",
            ),
        ),
        # Validated in the next migration, where nobody waits for it.
        migrations.RemoveConstraint(
            model_name="outboxmail",
            name="outboxmail_one_recipient",
        ),
        AddConstraintNotValid(
            model_name="outboxmail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("comment__isnull", True),
                        ("follower__isnull", True),
                        ("signature__isnull", False),
                        ("staff__isnull", True),
                    ),
                    models.Q(
                        ("comment__isnull", False),
                        ("follower__isnull", True),
                        ("signature__isnull", True),
                        ("staff__isnull", True),
                    ),
                    models.Q(
                        ("comment__isnull", True),
                        ("follower__isnull", False),
                        ("signature__isnull", True),
                        ("staff__isnull", True),
                    ),
                    models.Q(
                        ("comment__isnull", True),
                        ("follower__isnull", True),
                        ("signature__isnull", True),
                        ("staff__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="outboxmail_one_recipient",
                violation_error_message="A mail goes to one person.",
            ),
        ),
    ]
