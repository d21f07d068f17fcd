"""Pytest plugin: starts a throw-away PostgreSQL for the tests unless DATABASE_URL names a server.

Runs at the same time share the server and never a database; the last one stops it.
"""

import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest
from psycopg2.sql import SQL, Identifier

from dev.database import Database, DatabaseError

DATA = Path(os.environ.get("DATA_DIR") or Path(__file__).parent.parent / "data").absolute()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    """Wraps the other plugins' hooks, because pytest-django reads the settings in its own."""
    if "PYTEST_XDIST_WORKER" not in os.environ:  # workers inherit what is set here
        # What a test saves must not land in the developer's own mailbox and pictures.
        os.environ["DATA_DIR"] = str(DATA / "test-files")
        # A busy machine takes its time; the tests of the limits set their own.
        os.environ.setdefault("DATABASE_LIMITS", "command")
        if not os.environ.get("DATABASE_URL"):
            early_config.add_cleanup(start())
    return (yield)


def start() -> Callable[[], None]:
    database = Database(DATA / "test-postgres", durable=False)
    try:
        url = database.start()
    except DatabaseError as error:
        raise pytest.UsageError(f"No test database: {error}") from None
    drop_leftovers(url)
    # The name lets runs at the same time stay apart; --reuse-db needs the same one each time.
    name = "reused" if "--reuse-db" in sys.argv else f"run_{os.getpid()}"
    os.environ["DATABASE_URL"] = url.rpartition("/")[0] + f"/{name}"
    return database.release


def drop_leftovers(url: str) -> None:
    """A killed run cannot drop its databases; its process number in their names tells that it is gone."""
    with closing(psycopg2.connect(url)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE 'test\\_run\\_%'")
            for (name,) in cursor.fetchall():
                run = re.match(r"test_run_(\d+)", name)
                if run and not is_alive(int(run[1])):
                    cursor.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True
