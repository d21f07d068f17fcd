"""When something was last forgotten, which petitions are anonymous, and a log that nobody can empty."""

from django.db import migrations, models

# The trigger on rows does not see TRUNCATE.
NEVER_EMPTIED = """
    CREATE TRIGGER petitions_staffact_never_emptied BEFORE TRUNCATE ON petitions_staffact
    FOR EACH STATEMENT EXECUTE FUNCTION petitions_staffact_refuse()
"""


class Migration(migrations.Migration):
    dependencies = [
        ("petitions", "0005_translation_source"),
    ]

    operations = [
        migrations.CreateModel(
            name="RetentionRound",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("refused_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.AddConstraint(
            model_name="retentionround",
            constraint=models.CheckConstraint(
                condition=models.Q(("id", 1)),
                name="retentionround_only_one",
                violation_error_message="There is one row already.",
            ),
        ),
        migrations.AddField(
            model_name="petition",
            name="anonymised_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.RunSQL(NEVER_EMPTIED, "DROP TRIGGER petitions_staffact_never_emptied ON petitions_staffact"),
    ]
