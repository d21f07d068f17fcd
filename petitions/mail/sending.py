"""Sending what is due: claimed in small batches, sent and recorded one by one, by a few senders at once."""

import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import Error, close_old_connections, connections

from ..models import OutboxMail
from . import outbox
from .outbox import LEASE, Claim
from .refusals import Refusal, meaning, said
from .rendering import rendered

logger = logging.getLogger(__name__)

# At most so many are in flight, and are sent twice when the process is killed.
SENDERS = 4
BATCH = 40
# A worker that was frozen or starved stops sending before another one may take its mails over.
SAFE_PART_OF_LEASE = 0.6
# While a server is away it is tried this often; the first pause doubles up to the longest.
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 5.0, 300.0


@dataclass
class Circuit:
    """Stops hammering a server that is away. One line says so, and one that it is back."""

    pause: float = 0.0
    opens_at: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def is_open(self) -> bool:
        return time.monotonic() < self.opens_at

    def failed(self, reason: str) -> None:
        with self.lock:
            if self.is_open:
                return
            if not self.pause:
                logger.error("mail server away, mails wait: %s", reason)
            self.pause = min(self.pause * 2 or FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS)
            self.opens_at = time.monotonic() + self.pause

    def worked(self) -> None:
        with self.lock:
            if self.pause:
                logger.warning("mail server is back")
            self.pause = self.opens_at = 0.0


class Outgoing:
    """One process's way of sending. Keep it: it holds the senders, and knows whether the server is away."""

    def __init__(self, is_stopping: Callable[[], bool] = lambda: False, senders: int = SENDERS) -> None:
        self.is_stopping = is_stopping
        self.circuit = Circuit()
        self.servers: SimpleQueue[BaseEmailBackend] = SimpleQueue()
        self.batches: SimpleQueue[_Batch | None] = SimpleQueue()
        # Daemons: a server that hangs must not keep a stopped process alive.
        self.senders = [threading.Thread(target=self._serve, name="mail", daemon=True) for _ in range(senders)]
        for sender in self.senders:
            sender.start()

    def deliver(self) -> int:
        """One batch; how many mails were taken up. Raises the database's errors: what it cannot record is not sent."""
        if self.circuit.is_open or self.is_stopping():
            return 0
        # After an outage one mail tries the server, not a whole batch.
        claims = outbox.claim(1 if self.circuit.pause else BATCH)
        if not claims:
            self.hang_up()
            return 0
        batch = _Batch(self, claims)
        for _ in self.senders:
            self.batches.put(batch)
        for _ in self.senders:
            batch.finished.acquire()
        outbox.give_back(batch.left)
        if batch.error:
            raise batch.error
        return len(claims)

    def hang_up(self) -> None:
        """Close the connections to the mail server that nobody uses."""
        with suppress(Empty):
            while True:
                _close(self.servers.get_nowait())

    def close(self, seconds: float = 5.0) -> None:
        """Let what is in flight come to its end, for so long."""
        for _ in self.senders:
            self.batches.put(None)
        ends_at = time.monotonic() + seconds
        for sender in self.senders:
            sender.join(max(0.0, ends_at - time.monotonic()))
        self.hang_up()

    def _serve(self) -> None:
        while batch := self.batches.get():
            close_old_connections()
            batch.work()
        connections.close_all()


class _Batch:
    """Claims that several senders take from, each with its own connection to the server and to the database."""

    def __init__(self, outgoing: Outgoing, claims: list[Claim]) -> None:
        self.outgoing = outgoing
        self.left = list(reversed(claims))
        self.lock = threading.Lock()
        self.error: Error | None = None
        self.finished = threading.Semaphore(0)
        self.ends_at = time.monotonic() + LEASE.total_seconds() * SAFE_PART_OF_LEASE

    def work(self) -> None:
        """One sender's part. The database's error ends the batch: what was sent could not be recorded."""
        try:
            while claim := self._next():
                self._send(claim)
        except Error as error:
            self.error = error
            connections.close_all()
        finally:
            self.finished.release()

    def _next(self) -> Claim | None:
        with self.lock:
            is_over = self.error or self.outgoing.circuit.is_open or self.outgoing.is_stopping()
            if is_over or time.monotonic() > self.ends_at or not self.left:
                return None
            return self.left.pop()

    def _send(self, claim: Claim) -> None:
        mail = outbox.claimed(claim)
        if mail is None:
            return  # erased, or another worker's by now
        try:
            message = rendered(mail)
            if message is None:
                outbox.record_dropped(claim)
                return
            # Providers give it back with what they report of this mail.
            message.metadata = {"outbox": str(mail.pk)}  # type: ignore[attr-defined]
            self._hand_over(message)
        except Error:
            raise
        except Exception as error:
            self._failed(claim, mail, error)
        else:
            outbox.record_sent(claim)
            self.outgoing.circuit.worked()

    def _hand_over(self, message: EmailMultiAlternatives) -> None:
        server = self._server()
        try:
            server.open()
            server.send_messages([message])
        except Exception:
            # A connection after an error is not trusted any more.
            _close(server)
            raise
        self.outgoing.servers.put(server)

    def _server(self) -> BaseEmailBackend:
        with suppress(Empty):
            return self.outgoing.servers.get_nowait()
        return get_connection(settings.EMAIL_BACKEND, fail_silently=False)

    def _failed(self, claim: Claim, mail: OutboxMail, error: Exception) -> None:
        match meaning(error):
            case Refusal.SERVER_AWAY:
                self.outgoing.circuit.failed(said(error))
                outbox.give_back([claim])
            case Refusal.FOR_GOOD:
                outbox.record_refused(claim, said(error))
            case Refusal.FOR_NOW:
                logger.warning("mail %s is postponed: %s", mail.pk, said(error))
                outbox.record_postponed(claim, mail.attempts, said(error))


def _close(server: BaseEmailBackend) -> None:
    with suppress(OSError):
        server.close()
