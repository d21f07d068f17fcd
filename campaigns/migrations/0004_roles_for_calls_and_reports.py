"""What organizers may do with call scripts, office hours, reports and counts of deeds."""

from django.apps import apps as installed_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations

EDITED = ("callscript", "callscripttext", "openinghours", "closure")
ORGANIZERS = [
    *(f"{act}_{model}" for model in EDITED for act in ("add", "change", "delete", "view")),
    "view_contactreport",
    "change_contactreport",
    "view_deedcount",
]


def add_permissions(apps, schema_editor):
    # Permissions are made after all migrations; groups need them now.
    create_permissions(installed_apps.get_app_config("campaigns"), verbosity=0, using=schema_editor.connection.alias)
    found = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="campaigns", codename__in=ORGANIZERS
    )
    organizers, _created = apps.get_model("auth", "Group").objects.get_or_create(name="Organizers")
    organizers.permissions.add(*found)


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0003_letters_calls_and_deeds")]
    operations = [migrations.RunPython(add_permissions, migrations.RunPython.noop)]
