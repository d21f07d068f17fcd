"""The real worker as a process of its own, on the database of the test."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

from django.db import connection
from django.utils import timezone

from petitions.models import OutboxMail, Signature

from ...factories import make_petition, make_signature

ROOT = Path(__file__).parents[3]


def database_url(port=None):
    found = connection.settings_dict
    password = quote(found["PASSWORD"], safe="")
    return f"postgres://{found['USER']}:{password}@{found['HOST']}:{port or found['PORT']}/{found['NAME']}"


class Worker:
    def __init__(self, smtp_port, log, **environment):
        self.log_file = log
        environment = (
            os.environ
            | {
                "DATABASE_URL": database_url(),
                "MAIL_PROVIDER": "smtp",
                "SMTP_HOST": "127.0.0.1",
                "SMTP_PORT": str(smtp_port),
                "SMTP_TLS": "off",
            }
            | environment
        )
        with log.open("a") as output:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "worker"], cwd=ROOT, env=environment, stdout=output, stderr=output
            )

    @property
    def log(self):
        return self.log_file.read_text()

    def send_signal(self, number):
        self.process.send_signal(number)

    def stop(self):
        """By SIGTERM; the seconds it took."""
        began = time.monotonic()
        self.send_signal(signal.SIGTERM)
        self.process.wait(20)
        return time.monotonic() - began

    def kill(self):
        self.process.kill()
        self.process.wait(20)


@contextmanager
def working(*arguments, **environment):
    worker = Worker(*arguments, **environment)
    try:
        yield worker
    finally:
        worker.kill()


def until(condition, seconds=30):
    ends_at = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < ends_at, "it did not come so far in time"
        time.sleep(0.02)


def make_waiting(count):
    """So many signers' mails, committed; their Message-IDs."""
    petition = make_petition()
    pattern = make_signature(petition, state="pending")
    columns = [field.attname for field in Signature._meta.concrete_fields if not field.primary_key]
    fields = {column: getattr(pattern, column) for column in columns}
    signatures = Signature.objects.bulk_create(
        Signature(**(fields | {"email": f"s{number}@mail.example", "canonical_email": f"s{number}@mail.example"}))
        for number in range(count)
    )
    OutboxMail.objects.bulk_create(
        OutboxMail(kind="signed", signature=signature, language="en") for signature in signatures
    )
    return {f"<{key}@localhost>" for key in OutboxMail.objects.values_list("message_id", flat=True)}


def is_done():
    return not OutboxMail.objects.waiting().exists()


def let_leases_run_out():
    OutboxMail.objects.exclude(claimed_until=None).update(claimed_until=timezone.now() - timedelta(seconds=1))


def cut_connections():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
