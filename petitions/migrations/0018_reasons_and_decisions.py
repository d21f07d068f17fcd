"""Why comments are refused, and what was decided about each, in rows that are only added."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import petitions.languages

APPEND_ONLY = """
    CREATE FUNCTION petitions_decision_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'decisions are never changed or deleted' USING ERRCODE = 'integrity_constraint_violation';
    END $$;
    CREATE TRIGGER petitions_decision_append_only BEFORE UPDATE OR DELETE ON petitions_decision
    FOR EACH ROW EXECUTE FUNCTION petitions_decision_refuse();
    CREATE TRIGGER petitions_decision_never_emptied BEFORE TRUNCATE ON petitions_decision
    FOR EACH STATEMENT EXECUTE FUNCTION petitions_decision_refuse();
"""
NOT_APPEND_ONLY = """
    DROP TRIGGER petitions_decision_never_emptied ON petitions_decision;
    DROP TRIGGER petitions_decision_append_only ON petitions_decision;
    DROP FUNCTION petitions_decision_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("petitions", "0017_mail_is_due"),
    ]

    operations = [
        migrations.CreateModel(
            name="Reason",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.SlugField(
                        help_text="A short word for exports: insult.", max_length=40, unique=True, verbose_name="key"
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(db_default=100, default=100, verbose_name="place in the list"),
                ),
                (
                    "is_illegal",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        help_text="Whoever reports it is asked for the law, and a moderator looks at it after one report.",
                        verbose_name="is about the law",
                    ),
                ),
                (
                    "is_retired",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        help_text="No longer offered. Old decisions keep it.",
                        verbose_name="is retired",
                    ),
                ),
            ],
            options={
                "verbose_name": "reason",
                "verbose_name_plural": "reasons",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.AddField(
            model_name="comment",
            name="asked_again_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="comment",
            name="left_by",
            field=models.BigIntegerField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="comment",
            name="reported_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="reported"),
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("comment_number", models.BigIntegerField(verbose_name="comment")),
                ("actor_id", models.BigIntegerField(verbose_name="actor number")),
                ("actor_name", models.CharField(max_length=150, verbose_name="who")),
                (
                    "by",
                    models.CharField(
                        choices=[("person", "a person"), ("rule", "a rule")], max_length=6, verbose_name="decided by"
                    ),
                ),
                (
                    "verb",
                    models.CharField(
                        choices=[
                            ("approve", "approved"),
                            ("reject", "rejected"),
                            ("spam", "marked as spam"),
                            ("hide", "hidden"),
                            ("restore", "restored"),
                            ("hold", "left to another moderator"),
                            ("undo", "undone"),
                        ],
                        max_length=8,
                        verbose_name="decision",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="at")),
                (
                    "state_before",
                    models.CharField(
                        choices=[
                            ("pending", "waiting for a moderator"),
                            ("approved", "approved"),
                            ("rejected", "rejected"),
                            ("spam", "spam"),
                            ("hidden", "hidden"),
                        ],
                        max_length=10,
                        verbose_name="before",
                    ),
                ),
                (
                    "state_after",
                    models.CharField(
                        choices=[
                            ("pending", "waiting for a moderator"),
                            ("approved", "approved"),
                            ("rejected", "rejected"),
                            ("spam", "spam"),
                            ("hidden", "hidden"),
                        ],
                        max_length=10,
                        verbose_name="after",
                    ),
                ),
                ("seen", models.CharField(max_length=40, verbose_name="as seen")),
                (
                    "written_in",
                    petitions.languages.LanguageField(blank=True, default="", max_length=35, verbose_name="written in"),
                ),
                ("waited_since", models.DateTimeField(blank=True, null=True)),
                ("left_by_before", models.BigIntegerField(blank=True, null=True)),
                (
                    "undoes",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="undone_by",
                        to="petitions.decision",
                        verbose_name="undoes",
                    ),
                ),
                (
                    "reason",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="petitions.reason",
                        verbose_name="reason",
                    ),
                ),
            ],
            options={
                "verbose_name": "decision about a comment",
                "verbose_name_plural": "decisions about comments",
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(fields=["comment_number", "-id"], name="decision_by_comment"),
                    models.Index(fields=["actor_id", "-id"], name="decision_by_actor"),
                    models.Index(fields=["at"], name="decision_by_time"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("verb__in", ("reject", "hide")), _negated=True),
                            ("reason__isnull", False),
                            _connector="OR",
                        ),
                        name="decision_has_reason",
                        violation_error_message="Choose a reason: its words go to the author.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("undoes__isnull", False), ("verb", "undo")),
                            models.Q(models.Q(("verb", "undo"), _negated=True), ("undoes__isnull", True)),
                            _connector="OR",
                        ),
                        name="decision_undo_names_what",
                        violation_error_message="Undoing names the decision that is undone.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReasonText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", petitions.languages.LanguageField(max_length=35, verbose_name="language")),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "source_digest",
                    models.CharField(blank=True, db_default="", default="", editable=False, max_length=64),
                ),
                ("source_words", models.JSONField(blank=True, editable=False, null=True)),
                (
                    "title",
                    models.CharField(
                        help_text="A few words: Speaks ill of a people.", max_length=80, verbose_name="in the list"
                    ),
                ),
                (
                    "sentence",
                    models.TextField(
                        help_text="Which rule it is, kindly, in a sentence or two: it stands in the mail to the author.",
                        max_length=400,
                        verbose_name="to the author",
                    ),
                ),
                (
                    "reason",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="texts", to="petitions.reason"
                    ),
                ),
            ],
            options={
                "verbose_name": "text",
                "verbose_name_plural": "texts",
                "ordering": ["language"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("reason", "language"),
                        name="reasontext_one_per_language",
                        violation_error_message="There is already a text in this language.",
                    )
                ],
            },
        ),
        migrations.RunSQL(APPEND_ONLY, NOT_APPEND_ONLY),
    ]
