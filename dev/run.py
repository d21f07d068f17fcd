"""The whole site on this machine, from database to mailbox, until Ctrl-C: make run"""

import ctypes
import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import NoReturn

from dev.database import Database, DatabaseError, free_port

ROOT = Path(__file__).resolve().parent.parent
READY_SECONDS = 60
STOP_SECONDS = 15

Children = dict[str, subprocess.Popen]


class Stop(BaseException):
    """The person asked to stop. Not an Exception, so that nothing in between swallows it."""


class RunError(Exception):
    """The site cannot run, in words for the person at the keyboard."""


def main() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, ask_to_stop)
    try:
        data = Path(os.environ.get("DATA_DIR") or ROOT / "data").absolute()
        data.mkdir(parents=True, exist_ok=True)
        with only_run(data), database(data):
            serve(data)
    except Stop:
        say("Stopped. Everything is kept; `make run` starts it again.")
    except (RunError, DatabaseError, OSError) as error:
        sys.exit(f"\n{error}")


def ask_to_stop(number: int, frame: FrameType | None) -> NoReturn:
    # A second Ctrl-C must not break off the tidying up.
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)
    raise Stop


def say(line: str) -> None:
    print(line, flush=True)


# What has to be there first


@contextmanager
def only_run(data: Path) -> Iterator[None]:
    with (data / "run.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RunError(f"The site already runs on {data}. Stop it first, or set another DATA_DIR.") from None
        yield


@contextmanager
def database(data: Path) -> Iterator[None]:
    if os.environ.get("DATABASE_URL") or os.environ.get("DATABASE_URL_FILE"):
        say("Using the database of DATABASE_URL")
        yield
        return
    say("Starting the database")
    embedded = Database(data / "postgres")
    try:
        os.environ["DATABASE_URL"] = embedded.start()
        yield
    finally:
        embedded.release()


def choose_port() -> int:
    wished = os.environ.get("PORT", "").strip()
    if wished and not wished.isdecimal():
        raise RunError(f"PORT={wished!r} is not understood. Expected: a number from 1 to 65535.")
    port = int(wished or 8000)
    if is_free(port):
        return port
    if wished:
        raise RunError(f"Port {port} is taken. Stop what listens there, or choose another: make run PORT=8001")
    port = free_port()
    say(f"Port 8000 is taken, using {port} instead")
    return port


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


# The site


def serve(data: Path) -> None:
    port = choose_port()
    os.environ.update(PORT=str(port), DATA_DIR=str(data))
    os.environ.setdefault("LOG_LEVEL", "WARNING")
    say("Preparing the data")
    step("-m", "dev.messages", "compile")
    step("manage.py", "migrate", "--verbosity", "0")
    logins = step("manage.py", "load_demo")
    children: Children = {}
    try:
        children["The web server"] = child("-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", "2")
        children["The worker"] = child("manage.py", "worker")
        wait_until_ready(port, children)
        say(banner(port, logins))
        watch(children)
    finally:
        stop(children)


def step(*command: str) -> str:
    """Runs one command to its end, and shows what it said only when it failed."""
    done = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        preexec_fn=end_with_parent,
        check=False,
    )
    if done.returncode:
        raise RunError(f"{done.stdout}\n{' '.join(command)} failed, see above.")
    return done.stdout.strip()


def child(*command: str) -> subprocess.Popen:
    # A session of its own: Ctrl-C reaches this process alone, which then stops the others in order.
    return subprocess.Popen([sys.executable, *command], cwd=ROOT, start_new_session=True, preexec_fn=end_with_parent)


def end_with_parent() -> None:
    """On Linux a child is told when this process is killed outright; elsewhere it would live on."""
    if sys.platform == "linux":
        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGTERM)


def wait_until_ready(port: int, children: Children) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        refuse_dead(children)
        with suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).close()
            return
        time.sleep(0.2)
    raise RunError(f"The site did not answer within {READY_SECONDS} seconds.")


def watch(children: Children) -> NoReturn:
    while True:
        refuse_dead(children)
        time.sleep(0.5)


def refuse_dead(children: Children) -> None:
    for name, process in children.items():
        if process.poll() is not None:
            raise RunError(f"{name} ended by itself ({process.returncode}), so all is stopped.")


def stop(children: Children) -> None:
    for process in children.values():
        process.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for process in children.values():
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def banner(port: int, logins: str) -> str:
    site = f"http://localhost:{port}"
    lines = [
        f"Site       {site}/",
        f"Mailbox    {site}/dev/mail/   (all mail of the site; none leaves this machine)",
        f"Admin      {site}/admin/",
        *logins.splitlines(),
        "",
        "Ctrl-C stops everything and keeps the data.",
    ]
    width = max(map(len, lines))
    return "\n".join(["", "─" * width, *lines, "─" * width, ""])


if __name__ == "__main__":
    main()
