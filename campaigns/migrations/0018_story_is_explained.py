from django.db import migrations, models

import campaigns.rules.placeholders


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0017_renditions_are_claimed")]

    operations = [
        migrations.AlterField(
            model_name="campaigntext",
            name="body",
            field=models.TextField(
                blank=True,
                help_text="Markdown. Pictures follow the sections in their order. A line of three hyphens: what comes after it is folded on phones.",
                max_length=50000,
                validators=[campaigns.rules.placeholders.validate_placeholders],
                verbose_name="story",
            ),
        ),
    ]
