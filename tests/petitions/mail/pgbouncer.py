"""A real PgBouncer in transaction mode in front of the test database."""

import os
import shutil
import socket
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection

from dev.database import free_port

from .worker_process import until

BINARY = shutil.which("pgbouncer", path=os.environ.get("PATH", "") + ":/usr/sbin")
# Fewer than those who come, or nobody would ever get another one's session.
SERVER_CONNECTIONS = 4
SETTINGS = """
[databases]
{name} = host={host} port={port} dbname={name}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {listen_port}
unix_socket_dir =
pool_mode = transaction
; With them Django sends the limits; .env.example says how the pool sets them itself.
ignore_startup_parameters = options
default_pool_size = {size}
auth_type = scram-sha-256
auth_file = {folder}/users.txt
"""


@contextmanager
def pooling():
    """The port it listens at. As root it refuses to run."""
    database = connection.settings_dict
    with tempfile.TemporaryDirectory(prefix="pgbouncer-") as name:
        folder = Path(name)
        port = free_port()
        (folder / "users.txt").write_text(f'"{database["USER"]}" "{database["PASSWORD"]}"\n')
        (folder / "pgbouncer.ini").write_text(
            SETTINGS.format(
                name=database["NAME"],
                host=database["HOST"],
                port=database["PORT"],
                listen_port=port,
                size=SERVER_CONNECTIONS,
                folder=folder,
            )
        )
        as_whom: dict[str, Any] = {}
        if os.geteuid() == 0:
            as_whom = {"user": "nobody", "group": "nogroup", "extra_groups": []}
            shutil.chown(folder, "nobody")
            for file in folder.iterdir():
                shutil.chown(file, "nobody")
        process = subprocess.Popen(
            [str(BINARY), "-q", str(folder / "pgbouncer.ini")], cwd="/", stderr=subprocess.DEVNULL, **as_whom
        )
        try:
            until(lambda: _answers(port), seconds=10)
            yield port
        finally:
            process.kill()
            process.wait()


def _answers(port):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True
