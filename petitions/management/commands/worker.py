"""`manage.py worker`: mail, counts, closing and forgetting, until SIGTERM or Ctrl-C."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand

from petitions import worker


class Command(BaseCommand):
    help = "Send mail, roll up counts, close petitions, forget what is due. A second worker stands by."

    def handle(self, *args: Any, **options: Any) -> None:
        stopping = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopping.set())
        worker.run(stopping.is_set, stopping.wait)
