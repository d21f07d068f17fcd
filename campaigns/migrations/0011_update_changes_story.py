from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0010_source_languages_are_known"),
    ]

    operations = [
        migrations.AddField(
            model_name="update",
            name="changes_story",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="Shown at the top of the page until a newer one.",
                verbose_name="changes the story",
            ),
        ),
    ]
