"""What language a comment is written in, beside the one its author read the page in."""

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models
from django.db.models import Q

import petitions.languages


class Migration(migrations.Migration):
    dependencies = [("petitions", "0010_mailing_indexes")]

    operations = [
        migrations.AddField(
            "comment",
            "written_in",
            petitions.languages.LanguageField(
                blank=True, db_default="", default="", max_length=35, verbose_name="written in"
            ),
        ),
        migrations.AddField(
            "comment",
            "written_in_confidence",
            models.SmallIntegerField(blank=True, null=True, verbose_name="how sure"),
        ),
        migrations.AddField(
            "comment",
            "written_in_source",
            models.CharField(
                blank=True,
                choices=[("script", "its script"), ("detector", "its words"), ("person", "a person")],
                db_default="",
                default="",
                max_length=8,
                verbose_name="told by",
            ),
        ),
        # Validated in the next migration, where nobody waits for it.
        AddConstraintNotValid(
            "comment",
            models.CheckConstraint(
                condition=Q(written_in="", written_in_confidence__isnull=True, written_in_source="")
                | (Q(written_in_confidence__range=(0, 100)) & ~Q(written_in_source="")),
                name="comment_written_in_is_told",
                violation_error_message="A language comes with how sure it is, and who says so.",
            ),
        ),
    ]
