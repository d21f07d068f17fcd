from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("petitions", "0030_trends")]

    operations = [
        migrations.AlterField(
            model_name="outboxmail",
            name="kind",
            field=models.CharField(
                choices=[
                    ("signed", "after signing"),
                    ("commented", "after commenting"),
                    ("followed", "after asking to follow"),
                    ("replied", "after a reply"),
                    ("news", "news"),
                    ("password", "after forgetting a password"),
                    ("decided", "after a decision about a comment"),
                    ("reported", "after a decision about a reported comment"),
                    ("waiting", "what waits for moderators"),
                    ("taken_out", "after invalidating a signature"),
                    ("findings", "what stands out among signatures"),
                ],
                max_length=10,
                verbose_name="mail",
            ),
        )
    ]
