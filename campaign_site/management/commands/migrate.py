"""`manage.py migrate`, beside a site that goes on serving; then the roles of staff are brought up to date."""

import time
from typing import Any

from django.core.management.commands import migrate
from django.db import OperationalError, connections
from django.db.migrations import Migration
from psycopg2.errors import LockNotAvailable

from campaign_site.roles import sync_roles

# Who waits for a whole table makes everybody wait who comes after.
LOCK_TIMEOUT = "5s"
PAUSES = (2.0, 5.0, 10.0, 20.0, 30.0, 60.0)


class Command(migrate.Command):
    """Django's own; where a table stays in use it lets others pass and tries again."""

    help = f"{migrate.Command.help} The roles of staff are brought up to date after it."

    def handle(self, *args: Any, **options: Any) -> None:
        self.database = options["database"]
        self._migrate_patiently(*args, **options)
        # On the way to an older state the rights of newer models may be missing.
        if options["app_label"] is None and not options["plan"]:
            sync_roles(options["database"])

    def _migrate_patiently(self, *args: Any, **options: Any) -> None:
        for pause in PAUSES:
            try:
                return self._migrate(*args, **options)
            except OperationalError as error:
                if not isinstance(error.__cause__, LockNotAvailable):
                    raise
                self.stderr.write(f"A table is in use. Trying again in {pause:g} s.")
                time.sleep(pause)
        return self._migrate(*args, **options)

    def _migrate(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        self._set_lock_timeout("DEFAULT")

    def migration_progress_callback(self, action: str, migration: Migration | None = None, fake: bool = False) -> None:
        super().migration_progress_callback(action, migration, fake)
        if action in ("apply_start", "unapply_start") and migration:
            # Outside a transaction an index is built beside the others' work: it waits for them and nobody for it.
            self._set_lock_timeout(f"'{LOCK_TIMEOUT}'" if migration.atomic else "'0'")

    def _set_lock_timeout(self, value: str) -> None:
        with connections[self.database].cursor() as cursor:
            cursor.execute(f"SET lock_timeout = {value}")
