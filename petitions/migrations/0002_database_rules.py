"""What models cannot say: a log that only grows, counts that need no disk flush, and the mail domains everyone meets."""

from django.db import migrations

APPEND_ONLY = """
    CREATE FUNCTION petitions_staffact_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'staff acts are never changed or deleted' USING ERRCODE = 'integrity_constraint_violation';
    END $$;
    CREATE TRIGGER petitions_staffact_append_only BEFORE UPDATE OR DELETE ON petitions_staffact
    FOR EACH ROW EXECUTE FUNCTION petitions_staffact_refuse();
"""
NOT_APPEND_ONLY = """
    DROP TRIGGER petitions_staffact_append_only ON petitions_staffact;
    DROP FUNCTION petitions_staffact_refuse();
"""
GMAIL = {"strips_dots": True, "strips_tag": True}
RULES = {
    "*": {"strips_tag": True},
    "gmail.com": GMAIL,
    "googlemail.com": {"alias_of": "gmail.com"},
    "hotmail.com": {"strips_tag": True},
    "icloud.com": {"strips_tag": True},
    "me.com": {"alias_of": "icloud.com"},
    "mac.com": {"alias_of": "icloud.com"},
    "protonmail.com": {"alias_of": "proton.me"},
    "pm.me": {"alias_of": "proton.me"},
    "proton.me": {"strips_dots": True, "strips_tag": True},
    "yandex.com": {"alias_of": "yandex.ru"},
    "ya.ru": {"alias_of": "yandex.ru"},
    "yandex.ru": {"strips_tag": True},
}


def add_domain_rules(apps, schema_editor):
    rule = apps.get_model("petitions", "DomainRule")
    rule.objects.bulk_create(rule(domain=domain, **says) for domain, says in RULES.items())


class Migration(migrations.Migration):
    dependencies = [("petitions", "0001_initial")]
    operations = [
        migrations.RunSQL(APPEND_ONLY, NOT_APPEND_ONLY),
        migrations.RunSQL(
            "ALTER TABLE petitions_throttlecount SET UNLOGGED", "ALTER TABLE petitions_throttlecount SET LOGGED"
        ),
        migrations.RunPython(add_domain_rules, migrations.RunPython.noop),
    ]
