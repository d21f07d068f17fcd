"""Starts the whole site as `make run` does, on its own port and data, for tests and screenshots."""

import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from dev.database import Database, free_port

ROOT = Path(__file__).resolve().parent.parent
# What belongs to the caller's own database and settings must not reach the site.
LEFT_OUT = ("DATABASE_URL", "DATABASE_URL_FILE", "DJANGO_SETTINGS_MODULE", "PYTEST_XDIST_WORKER")
STOP_SECONDS = 60


class NotStartedError(Exception):
    """The site ended before it was ready; the message is what it said."""


@dataclass
class RunningSite:
    process: subprocess.Popen
    url: str
    said: str
    folder: Path

    @property
    def database_url(self) -> str:
        """Of its own database, for rows that no form would make."""
        return Database(self.folder / "postgres").url

    def stop(self) -> int:
        """Ctrl-C; the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=STOP_SECONDS)


def start_site(folder: Path, **settings: str) -> RunningSite:
    """With these settings beside its own. Raises NotStartedError."""
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if name not in LEFT_OUT}
    environment |= {"PORT": str(port), "DATA_DIR": str(folder), "PAGE_CACHE_SECONDS": "1"} | settings
    command = [sys.executable, "-m", "dev.run"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    said = ""
    for line in process.stdout or []:
        said += line
        if "Ctrl-C" in line:
            return RunningSite(process, f"http://localhost:{port}", said, folder)
    process.wait()
    raise NotStartedError(said)
