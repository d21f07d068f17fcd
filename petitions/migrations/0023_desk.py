"""The moderators' desk: who has which comment, how each works, watched words, and what tells like texts."""

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import petitions.languages


class Migration(migrations.Migration):
    dependencies = [
        ("petitions", "0022_mails_to_reporters"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CommentClaim",
            fields=[
                (
                    "comment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="claim",
                        serialize=False,
                        to="petitions.comment",
                    ),
                ),
                ("until", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="DeskChoice",
            fields=[
                (
                    "moderator",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="desk_choice",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "languages",
                    models.CharField(
                        blank=True,
                        db_default="",
                        default="",
                        max_length=500,
                        validators=[petitions.languages.validate_language_tags],
                    ),
                ),
                ("has_keys", models.BooleanField(db_default=True, default=True)),
                ("wants_digest", models.BooleanField(db_default=False, default=False)),
                ("seen_on", models.DateField(blank=True, null=True)),
                ("told_on", models.DateField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="WatchedWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "language",
                    petitions.languages.LanguageField(
                        blank=True,
                        db_default="",
                        default="",
                        help_text="Empty: it is looked for in every language.",
                        max_length=35,
                        verbose_name="language",
                    ),
                ),
                (
                    "words",
                    models.CharField(
                        help_text="As people write it. Capitals do not matter; other endings are words of their own.",
                        max_length=60,
                        verbose_name="word or words",
                    ),
                ),
                (
                    "why",
                    models.CharField(
                        blank=True,
                        help_text="A few words for the moderator: insults a people.",
                        max_length=80,
                        verbose_name="why",
                    ),
                ),
            ],
            options={
                "verbose_name": "watched word",
                "verbose_name_plural": "watched words",
                "ordering": ["language", "words"],
            },
        ),
        migrations.AddField(
            model_name="comment",
            name="unseen_since",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="comment",
            name="word_bands",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), blank=True, editable=False, null=True, size=None
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="words_hash",
            field=models.BigIntegerField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="domainrule",
            name="is_disposable",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="Moderators are told so of a comment from such an address. Nobody is refused for it.",
                verbose_name="mailboxes for an hour",
            ),
        ),
        migrations.AddField(
            model_name="petition",
            name="trusts_after",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="Comments of authors who were approved so many times, and never rejected, are published at once, and a moderator looks at them afterwards. Empty: everything waits for a moderator.",
                null=True,
                validators=[django.core.validators.MinValueValidator(1)],
                verbose_name="trusts authors after",
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
                    ("password", "after forgetting a password"),
                    ("waiting", "what waits for moderators"),
                ],
                max_length=10,
                verbose_name="mail",
            ),
        ),
        migrations.AddConstraint(
            model_name="petition",
            constraint=models.CheckConstraint(
                condition=models.Q(("trusts_after__isnull", True), ("trusts_after__gte", 1), _connector="OR"),
                name="petition_trusts_somebody_known",
                violation_error_message="Trust nobody at the first comment: say 1 or more, or leave it empty.",
            ),
        ),
        migrations.AddField(
            model_name="commentclaim",
            name="moderator",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddIndex(
            model_name="deskchoice",
            index=models.Index(
                condition=models.Q(("wants_digest", True)), fields=["told_on"], name="deskchoice_to_tell"
            ),
        ),
        migrations.AddConstraint(
            model_name="watchedword",
            constraint=models.UniqueConstraint(
                fields=("language", "words"),
                name="watchedword_once",
                violation_error_message="This stands in the list already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="watchedword",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", ""), _negated=True),
                name="watchedword_not_empty",
                violation_error_message="Write a word.",
            ),
        ),
    ]
