"""The duties that run beside the web: mail, counts, closing, forgetting. Each is a verb with its rhythm."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.db import connection, connections
from django.db.utils import InterfaceError, OperationalError
from post_office.mail import send_queued

from . import counting, lifecycle, retention

logger = logging.getLogger(__name__)

MAIL_LOCK = 7_301_002


@dataclass
class Duty:
    name: str
    every_seconds: float
    act: Callable[[], int]
    # What is done in rounds goes on at once while there is more; the other duties come in between.
    has_rounds: bool = False
    due_at: float = 0.0


def deliver_mail() -> int:
    """Hand queued mail to the provider; how many were tried.

    The lock lives on the session, not in a transaction: a mail marked as sent must stay so whatever comes after it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [MAIL_LOCK])
        if not cursor.fetchone()[0]:
            return 0
        try:
            return sum(send_queued())
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [MAIL_LOCK])


def duties(is_stopping: Callable[[], bool]) -> list[Duty]:
    return [
        Duty("count", 1, counting.roll_up),
        Duty("mail", 1, deliver_mail),
        Duty("close", 60, lifecycle.close_overdue),
        Duty("forget", 600, partial(retention.forget, is_stopping), has_rounds=True),
    ]


def run(is_stopping: Callable[[], bool], wait: Callable[[float], object] = time.sleep) -> None:
    """Do every duty in its rhythm until told to stop. A database that is away is waited for."""
    todo = duties(is_stopping)
    while not is_stopping():
        busy = False
        for duty in todo:
            if is_stopping() or time.monotonic() < duty.due_at:
                continue
            done = 0
            try:
                done = duty.act()
            except (OperationalError, InterfaceError):
                logger.warning("database away, duty %s waits", duty.name)
                connections.close_all()
            except Exception:
                # One broken duty must not stop the others.
                logger.exception("duty %s failed", duty.name)
            busy = busy or done > 0
            duty.due_at = time.monotonic() + (0 if duty.has_rounds and done else duty.every_seconds)
        if not busy:
            wait(0.2)
