from django.db import migrations, models

import petitions.languages


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0009_statuses_are_explained"),
    ]

    operations = [
        migrations.AlterField(
            model_name="evidence",
            name="source_languages",
            field=models.CharField(
                blank=True,
                help_text="Language codes of the source, such as ko en.",
                max_length=60,
                validators=[petitions.languages.validate_language_tags],
                verbose_name="in the languages",
            ),
        ),
    ]
