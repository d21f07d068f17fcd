"""The name that the public sees is kept beside the full one, and each signed text says which of them is handed over."""

from django.db import migrations, models

import petitions.names


class Migration(migrations.Migration):
    dependencies = [
        ("petitions", "0012_written_in_index"),
    ]

    operations = [
        migrations.AddField(
            model_name="signature",
            name="shown_name",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="As proposed when it was signed, or as the signer wrote it; blank in older rows",
                max_length=60,
                validators=[petitions.names.validate_plain_name],
                verbose_name="shown name",
            ),
        ),
        migrations.AddField(
            model_name="signedtext",
            name="promises_full_name",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="Whether the consent says that the full name is handed over; before, it was the name as chosen",
            ),
        ),
        migrations.AlterField(
            model_name="signature",
            name="visibility",
            field=models.CharField(
                choices=[
                    ("initial", "Short name, with my city"),
                    ("full", "Full name, with my city"),
                    ("city", "Only my city"),
                    ("hidden", "Not shown, only counted"),
                ],
                default="initial",
                max_length=10,
                verbose_name="how the name is shown",
            ),
        ),
    ]
