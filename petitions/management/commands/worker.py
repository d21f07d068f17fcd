"""`manage.py worker`: mail, counts, closing and forgetting, until SIGTERM or Ctrl-C."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from petitions import worker
from petitions.mail.health import silent_duties


class Command(BaseCommand):
    help = "Send mail, roll up counts, close petitions, forget what is due. Any number of workers share the work."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="say whether the workers did all duties lately")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        if check:
            if silent := silent_duties():
                raise CommandError(f"Not done lately: {', '.join(silent)}.")
            return
        stopping = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopping.set())
        worker.run(stopping.is_set, stopping.wait)
