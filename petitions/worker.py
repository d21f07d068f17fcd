"""The duties that run beside the web: mail, counts, closing, forgetting. Each is a verb with its rhythm."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from django.db import InterfaceError, InternalError, OperationalError, connection, connections
from django.utils.module_loading import import_string

from . import counting, detecting, kept_uploads, ledger, lifecycle, mailing, retention, spellings, tallies
from .apps import duties_of_other_apps
from .desk import clusters, digest
from .integrity import findings, invalidations, trends
from .mail.sending import Outgoing

logger = logging.getLogger(__name__)

# What is in flight when the worker is told to stop has so long to come to its end: it is gone within five seconds,
# and containers are killed after ten.
GRACE_SECONDS = 4.0
BEAT_EVERY_SECONDS = 10.0
# Read-only transactions are an InternalError to psycopg2.
DATABASE_TROUBLE = (OperationalError, InterfaceError, InternalError)
BEAT_SQL = """
    INSERT INTO petitions_workerbeat (duty, at) VALUES (%s, now()) ON CONFLICT (duty) DO UPDATE SET at = EXCLUDED.at
"""


@dataclass
class Duty:
    name: str
    every_seconds: float
    act: Callable[[], int]
    due_at: float = 0.0
    beats_at: float = 0.0
    is_failing: bool = False


def duties(outgoing: Outgoing) -> list[list[Duty]]:
    """Each list has a thread of its own: a slow mail server must not stop the counting.

    What other apps do beside the web shares the last one.
    """
    return [
        [Duty("mail", 0.5, outgoing.deliver)],
        [
            Duty("count", 1, counting.roll_up),
            Duty("acts", 2, tallies.roll_up),
            Duty("places", 2, spellings.read_new),
            Duty("close", 60, lifecycle.close_overdue),
        ],
        [
            Duty("news", 5, mailing.proceed),
            Duty("languages", 2, detecting.detect_languages),
            Duty("likeness", 2, clusters.look_at_new),
            Duty("digest", 300, digest.tell_moderators),
        ],
        [
            Duty("invalidations", 2, invalidations.proceed_gently),
            Duty("trends", 20, trends.fill),
            Duty("findings", 600, findings.judge),
        ],
        [
            Duty("forget", 600, partial(retention.forget, outgoing.is_stopping)),
            Duty("uploads", 3600, kept_uploads.forget_old),
            Duty("ledger", 300, ledger.write_due),
        ],
        [Duty(name, every, import_string(path)) for name, (path, every) in duties_of_other_apps().items()],
    ]


def run(is_stopping: Callable[[], bool], wait: Callable[[float], object] = time.sleep) -> None:
    """Do every duty in its rhythm until told to stop."""
    outgoing = Outgoing(is_stopping)
    rounds = [
        threading.Thread(target=_run_and_hang_up, args=(todo, is_stopping, wait), name=todo[0].name, daemon=True)
        for todo in duties(outgoing)
    ]
    for thread in rounds:
        thread.start()
    while not is_stopping():
        wait(0.5)
    ends_at = time.monotonic() + GRACE_SECONDS
    for thread in rounds:
        thread.join(max(0.0, ends_at - time.monotonic()))
    outgoing.close(max(0.0, ends_at - time.monotonic()))


def _run_and_hang_up(todo: Sequence[Duty], is_stopping: Callable[[], bool], wait: Callable[[float], object]) -> None:
    run_duties(todo, is_stopping, wait)
    connections.close_all()


def run_duties(todo: Sequence[Duty], is_stopping: Callable[[], bool], wait: Callable[[float], object]) -> None:
    """A database that is away is waited for; one broken duty does not stop the others."""
    while not is_stopping():
        busy = False
        for duty in todo:
            if is_stopping() or time.monotonic() < duty.due_at:
                continue
            done = _attempt(duty)
            busy = done > 0 or busy
            # What had something to do goes on at once.
            duty.due_at = time.monotonic() + (0 if done > 0 else duty.every_seconds)
        if not busy:
            wait(0.2)


def _attempt(duty: Duty) -> int:
    try:
        done = duty.act()
        _beat(duty)
    except Exception as error:
        # A session that was opened while the database took no writes refuses them for good.
        connections.close_all()
        _tell(duty, error)
        return 0
    if duty.is_failing:
        logger.warning("duty %s is done again", duty.name)
    duty.is_failing = False
    return done


def _tell(duty: Duty, error: Exception) -> None:
    """Once until it goes well again: what is tried twice a second would fill the log."""
    if duty.is_failing:
        return
    duty.is_failing = True
    if isinstance(error, DATABASE_TROUBLE):
        logger.warning("database away or takes no writes, duty %s waits", duty.name)
    else:
        logger.error("duty %s failed", duty.name, exc_info=error)


def _beat(duty: Duty) -> None:
    if time.monotonic() < duty.beats_at:
        return
    with connection.cursor() as cursor:
        cursor.execute(BEAT_SQL, [duty.name])
    duty.beats_at = time.monotonic() + BEAT_EVERY_SECONDS
