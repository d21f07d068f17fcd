"""A friend who was asked, and SMS, are counted as deeds."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0014_share_pictures"),
    ]

    operations = [
        migrations.AlterField(
            model_name="deedcount",
            name="channel",
            field=models.CharField(
                choices=[
                    ("letter", "Letter"),
                    ("mail-app", "Mail app"),
                    ("gmail", "Gmail"),
                    ("outlook", "Outlook"),
                    ("draft", "Draft file"),
                    ("paper", "Print view"),
                    ("pdf", "PDF"),
                    ("labels", "Address labels"),
                    ("copy-letter", "Letter copied"),
                    ("copy-address", "Address copied"),
                    ("copy-post", "Post copied"),
                    ("copy-link", "Link copied"),
                    ("telephone", "Telephone"),
                    ("reminder", "Reminder to call"),
                    ("share-sheet", "The device's own sharing"),
                    ("e-mail", "E-mail"),
                    ("sms", "SMS"),
                    ("asked", "“Yes, I sent it”"),
                    ("x", "X"),
                    ("bluesky", "Bluesky"),
                    ("mastodon", "Mastodon"),
                    ("facebook", "Facebook"),
                    ("whatsapp", "WhatsApp"),
                    ("telegram", "Telegram"),
                    ("line", "LINE"),
                ],
                max_length=20,
                verbose_name="channel",
            ),
        ),
    ]
