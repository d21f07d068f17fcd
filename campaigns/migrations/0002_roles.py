"""The two roles of staff, with exactly what each may do."""

from django.apps import apps as installed_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations

EVERYTHING = ("add", "change", "delete", "view")
EDITED_BY_ORGANIZERS = {
    "campaigns": [
        "campaign", "campaigntarget", "campaigntext", "city", "cityname", "contact", "evidence", "evidencetext",
        "letter", "lettertext", "media", "mediatext", "post", "story", "target", "targettext", "update", "updatetext",
    ],
    "petitions": ["petition", "petitiontext", "domainrule"],
}  # fmt: skip
ORGANIZERS = [
    *(
        (app, f"{act}_{model}")
        for app, models in EDITED_BY_ORGANIZERS.items()
        for model in models
        for act in EVERYTHING
    ),
    ("petitions", "view_signature"),
    ("petitions", "invalidate_signature"),
    ("petitions", "view_comment"),
    ("petitions", "moderate_comment"),
    ("petitions", "view_follower"),
    ("petitions", "view_count"),
    ("petitions", "view_staffact"),
]
MODERATORS = [("petitions", "view_comment"), ("petitions", "moderate_comment")]


def add_groups(apps, schema_editor):
    # Permissions are made after all migrations; groups need them now.
    for app in ("petitions", "campaigns"):
        create_permissions(installed_apps.get_app_config(app), verbosity=0, using=schema_editor.connection.alias)
    group = apps.get_model("auth", "Group")
    permission = apps.get_model("auth", "Permission")
    for name, allowed in {"Organizers": ORGANIZERS, "Moderators": MODERATORS}.items():
        role, _created = group.objects.get_or_create(name=name)
        found = [permission.objects.get(content_type__app_label=app, codename=codename) for app, codename in allowed]
        role.permissions.set(found)


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0001_initial"),
        ("petitions", "0002_database_rules"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(add_groups, migrations.RunPython.noop)]
