import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0011_update_changes_story")]

    operations = [
        migrations.AddField(
            model_name="campaign",
            name="asked_city_goal",
            field=models.PositiveIntegerField(
                blank=True,
                help_text="How many of the signatures should come from there. Shown beside its count; may stay empty.",
                null=True,
                validators=[django.core.validators.MinValueValidator(1)],
                verbose_name="goal in the asked city",
            ),
        ),
    ]
