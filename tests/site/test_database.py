"""The embedded database starts anywhere, survives being killed, and stops with its last holder."""

import os
import signal
import tempfile
import time
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest

from dev.database import Database
from dev.refuge import processes_in


@pytest.fixture
def folder():
    # Not tmp_path: as root the server runs as nobody, who must reach the folder.
    with tempfile.TemporaryDirectory(prefix="path with spaces ") as parent:
        Path(parent).chmod(0o755)
        yield Path(parent) / "postgres"
        Database(Path(parent) / "postgres").stop()


def ask(url, sql):
    with closing(psycopg2.connect(url)) as connection, connection, connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def test_killed_server_starts_again_with_its_data(folder):
    database = Database(folder)
    ask(database.start(), "CREATE TABLE kept AS SELECT 7 AS number; SELECT 1")
    pid = int((database.data / "postmaster.pid").read_text().split()[0])
    os.kill(pid, signal.SIGKILL)
    while pid in processes_in(database.data):
        time.sleep(0.01)
    assert ask(database.start(), "SELECT number FROM kept") == [(7,)]
    database.release()


def test_last_holder_stops_the_server(folder):
    first, second = Database(folder, durable=False), Database(folder, durable=False)
    assert first.start() == second.start()
    first.release()
    assert second.is_running()
    second.release()
    assert not processes_in(second.data)
