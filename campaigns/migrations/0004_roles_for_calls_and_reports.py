"""Nothing any more: roles stand in campaign_site/roles.py. Databases have recorded this name."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0003_letters_calls_and_deeds")]
    operations = []
