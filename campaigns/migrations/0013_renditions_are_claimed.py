from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0012_share_pictures"),
    ]

    operations = [
        migrations.AddField(
            model_name="media",
            name="renditions_claimed_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
    ]
