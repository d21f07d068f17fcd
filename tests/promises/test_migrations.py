"""A migration stops nobody who signs, and the release before goes on working while it runs and after it."""

from contextlib import closing

import pytest
from django.contrib.postgres.operations import AddConstraintNotValid, AddIndexConcurrently
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.models.functions import Now

from .migration_rules import refusals

OURS = ("campaigns", "petitions")
# These ran before the promise was made.
BASELINE = {
    ("campaigns", "0001_initial"),
    ("campaigns", "0002_roles"),
    ("campaigns", "0003_letters_calls_and_deeds"),
    ("campaigns", "0004_roles_for_calls_and_reports"),
    ("campaigns", "0005_networks_have_one_name"),
    ("petitions", "0001_initial"),
    ("petitions", "0002_database_rules"),
    ("petitions", "0003_petition_may_pause"),
}
DISK = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
CHECKED = sorted(key for key in DISK if key[0] in OURS and key not in BASELINE)


@pytest.fixture
def sql_of(db):
    """A connection of its own: indexes made concurrently refuse a transaction, even where nothing is run."""
    with closing(connection.copy()) as other:
        loader = MigrationLoader(other)

        def collected(key, *operations):
            migration = loader.graph.nodes[key]
            state = loader.project_state(key, at_end=bool(operations))
            if operations:
                migration = type("Made", (migrations.Migration,), {"operations": operations})("made", key[0])
                migration.atomic = False
            with other.schema_editor(collect_sql=True, atomic=False) as editor:
                migration.apply(state, editor, collect_sql=True)
            return "\n".join(editor.collected_sql)

        yield collected


@pytest.mark.parametrize("key", CHECKED, ids=".".join)
def test_migration_locks_nothing_for_long_and_breaks_no_older_release(sql_of, key):
    assert refusals(sql_of(key)) == []


REFUSED = {
    "an index": migrations.AddIndex("Signature", models.Index(fields=["city"], name="made")),
    "an index of a key": migrations.AddField(
        "Signature", "made", models.ForeignKey("petitions.Petition", models.CASCADE, null=True, related_name="+")
    ),
    "a unique column": migrations.AddField("Comment", "made", models.IntegerField(null=True, unique=True)),
    "a unique constraint": migrations.AddConstraint(
        "Comment", models.UniqueConstraint(fields=["text"], name="made", deferrable=models.Deferrable.DEFERRED)
    ),
    "a check": migrations.AddConstraint("Signature", models.CheckConstraint(condition=~models.Q(city=""), name="made")),
    "a required column": migrations.AlterField("Signature", "confirmed_at", models.DateTimeField()),
    "another type": migrations.AlterField("Signature", "mail_count", models.BigIntegerField(default=0)),
    "a default dropped at once": migrations.AddField("Petition", "made", models.BooleanField(default=True)),
    "no default": migrations.RunSQL("ALTER TABLE campaigns_target ADD COLUMN made int NOT NULL"),
    "a volatile default": migrations.RunSQL(
        "alter table petitions_signature add column made uuid default gen_random_uuid()"
    ),
    "a number by row": migrations.RunSQL("ALTER TABLE petitions_comment ADD COLUMN made bigserial"),
    "a column made of others": migrations.RunSQL(
        "ALTER TABLE petitions_comment ADD COLUMN made text GENERATED ALWAYS AS (lower(text)) STORED"
    ),
    "a lock among harmless words": migrations.RunSQL(
        "-- don't\nSELECT 'NOT VALID; x'; ALTER TABLE ONLY public.petitions_signature ADD CONSTRAINT made CHECK (true)"
    ),
    "a check of the column's own": migrations.AddField("Signature", "made", models.PositiveIntegerField(db_default=0)),
}
ALLOWED = {
    "an index made concurrently": AddIndexConcurrently("Signature", models.Index(fields=["city"], name="made")),
    "a check that is validated later": AddConstraintNotValid(
        "Signature", models.CheckConstraint(condition=~models.Q(city=""), name="made")
    ),
    "its validation": migrations.RunSQL(
        "ALTER TABLE petitions_signature VALIDATE CONSTRAINT signature_confirmed_since"
    ),
    "a column that may be empty": migrations.AddField("Signature", "made", models.TextField(null=True)),
    "a default that stays": migrations.AddField(
        "Signature", "made", models.BooleanField(default=True, db_default=True)
    ),
    "the time of the migration": migrations.AddField("Comment", "made", models.DateTimeField(db_default=Now())),
    "an index on a small table": migrations.AddIndex("Petition", models.Index(fields=["goal"], name="made")),
    "a table of its own": migrations.CreateModel(
        "Made", [("id", models.BigAutoField(primary_key=True)), ("is_new", models.BooleanField(default=True))]
    ),
}


@pytest.mark.parametrize("operation", REFUSED.values(), ids=REFUSED)
def test_what_would_lock_or_break_is_refused(sql_of, operation):
    assert refusals(sql_of(CHECKED[-1], operation)) != []


@pytest.mark.parametrize("operation", ALLOWED.values(), ids=ALLOWED)
def test_what_harms_nobody_is_allowed(sql_of, operation):
    assert refusals(sql_of(CHECKED[-1], operation)) == []


def test_migrations_that_once_broke_writes_would_be_refused(sql_of):
    assert "campaigns_target.source: required, and without db_default" in refusals(
        sql_of(("campaigns", "0003_letters_calls_and_deeds"))
    )


def test_columns_of_that_migration_fill_themselves_now(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_default IS NOT NULL FROM information_schema.columns"
            " WHERE table_name = 'campaigns_target' AND column_name IN ('closes_on_holidays', 'source')"
        )
        assert cursor.fetchall() == [(True,), (True,)]
