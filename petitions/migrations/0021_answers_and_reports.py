"""Authors answer to decisions, readers report comments, and mails go to those who reported."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

import petitions.languages


class Migration(migrations.Migration):
    dependencies = [
        ("petitions", "0020_reported_comments_wait"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("resubmit", "resubmitted"), ("object", "objected")],
                        max_length=8,
                        verbose_name="answer",
                    ),
                ),
                ("words", models.TextField(blank=True, max_length=2000)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("law", models.CharField(blank=True, max_length=200, verbose_name="law")),
                ("explanation", models.TextField(blank=True, max_length=1000, verbose_name="explanation")),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("canonical_email", models.CharField(blank=True, max_length=254)),
                ("language", petitions.languages.LanguageField(max_length=35, verbose_name="language")),
                ("network", models.CharField(blank=True, max_length=32)),
                (
                    "at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="reported"),
                ),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
            ],
            options={
                "verbose_name": "report of a comment",
                "verbose_name_plural": "reports of comments",
            },
        ),
        migrations.RemoveConstraint(
            model_name="outboxmail",
            name="outboxmail_one_recipient",
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
                    ("decided", "after a decision about a comment"),
                    ("reported", "after a decision about a reported comment"),
                ],
                max_length=10,
                verbose_name="mail",
            ),
        ),
        migrations.AddField(
            model_name="answer",
            name="comment",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="answers",
                to="petitions.comment",
            ),
        ),
        migrations.AddField(
            model_name="answer",
            name="decision",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="answers",
                to="petitions.decision",
            ),
        ),
        migrations.AddField(
            model_name="answer",
            name="outcome",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="settled_answers",
                to="petitions.decision",
            ),
        ),
        migrations.AddField(
            model_name="report",
            name="comment",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="reports", to="petitions.comment"
            ),
        ),
        migrations.AddField(
            model_name="report",
            name="outcome",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="settled_reports",
                to="petitions.decision",
            ),
        ),
        migrations.AddField(
            model_name="report",
            name="petition",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="reports", to="petitions.petition"
            ),
        ),
        migrations.AddField(
            model_name="report",
            name="reason",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="petitions.reason"
            ),
        ),
        migrations.AddField(
            model_name="outboxmail",
            name="report",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="mails",
                to="petitions.report",
            ),
        ),
        AddConstraintNotValid(
            model_name="outboxmail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("comment__isnull", True),
                        ("follower__isnull", True),
                        ("report__isnull", True),
                        ("signature__isnull", False),
                        ("staff__isnull", True),
                    ),
                    models.Q(
                        ("comment__isnull", False),
                        ("follower__isnull", True),
                        ("report__isnull", True),
                        ("signature__isnull", True),
                        ("staff__isnull", True),
                    ),
                    models.Q(
                        ("comment__isnull", True),
                        ("follower__isnull", False),
                        ("report__isnull", True),
                        ("signature__isnull", True),
                        ("staff__isnull", True),
                    ),
                    models.Q(
                        ("comment__isnull", True),
                        ("follower__isnull", True),
                        ("report__isnull", False),
                        ("signature__isnull", True),
                        ("staff__isnull", True),
                    ),
                    models.Q(
                        ("comment__isnull", True),
                        ("follower__isnull", True),
                        ("report__isnull", True),
                        ("signature__isnull", True),
                        ("staff__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="outboxmail_one_recipient",
                violation_error_message="A mail goes to one person.",
            ),
        ),
        migrations.AddIndex(
            model_name="answer",
            index=models.Index(fields=["at"], name="answer_by_time"),
        ),
        migrations.AddIndex(
            model_name="answer",
            index=models.Index(condition=models.Q(("outcome__isnull", True)), fields=["kind"], name="answer_waiting"),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.UniqueConstraint(
                fields=("comment", "kind"),
                name="answer_once",
                violation_error_message="A comment is resubmitted once, and objected for once.",
            ),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(fields=["at"], name="report_by_time"),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(
                condition=models.Q(
                    models.Q(("email", ""), _negated=True), models.Q(("network", ""), _negated=True), _connector="OR"
                ),
                fields=["settled_at", "at"],
                name="report_to_be_forgotten",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(
                condition=models.Q(("network", ""), _negated=True),
                fields=("comment", "network"),
                name="report_once_a_network",
                violation_error_message="This network has reported the comment already.",
            ),
        ),
    ]
