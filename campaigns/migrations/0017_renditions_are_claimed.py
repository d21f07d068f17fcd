from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0016_cities_are_places"),
    ]

    operations = [
        migrations.AddField(
            model_name="media",
            name="renditions_claimed_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
    ]
