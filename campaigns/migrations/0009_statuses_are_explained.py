"""Help texts only: nothing changes in the database."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0008_defaults_in_the_database"),
    ]

    operations = [
        migrations.AlterField(
            model_name="campaign",
            name="status",
            field=models.CharField(
                choices=[("draft", "draft"), ("published", "published"), ("closed", "closed, with an outcome")],
                default="draft",
                help_text="Closed: the page says how it ended, and the petition takes no more signatures. To take none for a while only, pause the petition.",
                max_length=10,
                verbose_name="status",
            ),
        ),
    ]
