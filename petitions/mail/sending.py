"""Sending what is due: claimed in small batches, sent and recorded one by one, by a few senders at once."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from queue import SimpleQueue

from django.core.mail import EmailMultiAlternatives
from django.db import Error, InterfaceError, OperationalError, close_old_connections, connections

from ..models import OutboxMail
from . import outbox
from .outbox import LEASE, Claim
from .refusals import Refusal, meaning, names_recipient, said
from .rendering import rendered
from .server import Server, ServerAwayError

logger = logging.getLogger(__name__)

# At most so many are in flight, and are sent twice when the process is killed.
SENDERS = 4
BATCH = 40
# A worker that was frozen or starved stops sending before another one may take its mails over; and one with a slow
# server says that it lives more often than monitors expect (health.SILENCE).
SAFE_PART_OF_LEASE = 0.3
# Refused for good one after the other, it is not the mails: a quota, or a sender that the provider does not know.
MOST_REFUSED_IN_A_ROW = 10
# While a server is away it is tried this often; the first pause doubles up to the longest.
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 5.0, 300.0


@dataclass
class Circuit:
    """Stops hammering a server that is away. One line says so, and one that it is back."""

    pause: float = 0.0
    opens_at: float = 0.0

    @property
    def is_open(self) -> bool:
        return time.monotonic() < self.opens_at

    def failed(self, reason: str) -> None:
        if not self.pause:
            logger.error("mail server away, mails wait: %s", reason)
        self.pause = min(self.pause * 2 or FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS)
        self.opens_at = time.monotonic() + self.pause

    def worked(self) -> None:
        if self.pause:
            logger.warning("mail server is back")
        self.pause = self.opens_at = 0.0


class Outgoing:
    """One process's way of sending. Keep it: it holds the senders, and knows whether the server is away."""

    def __init__(self, is_stopping: Callable[[], bool] = lambda: False, senders: int = SENDERS) -> None:
        self.is_stopping = is_stopping
        self.circuit = Circuit()
        self.batches: SimpleQueue[_Batch | None] = SimpleQueue()
        # What the database did not take down: told before anything else is sent.
        self.untold: list[Callable[[], None]] = []
        self.refused_in_a_row = 0
        self.servers = [Server() for _ in range(senders)]
        # Daemons: a server that hangs must not keep a stopped process alive.
        self.senders = [
            threading.Thread(target=self._serve, args=(server,), name="mail", daemon=True) for server in self.servers
        ]
        for sender in self.senders:
            sender.start()

    def deliver(self) -> int:
        """One batch; how many mails were taken up. Raises the database's errors: what it cannot record is not sent."""
        while self.untold:
            self.untold[-1]()
            self.untold.pop()
        if self.circuit.is_open or self.is_stopping():
            return 0
        # After an outage one mail tries the server, not a whole batch.
        claims = outbox.claim(1 if self.circuit.pause else BATCH)
        if not claims:
            return 0
        batch = _Batch(self, claims)
        for _ in self.senders:
            self.batches.put(batch)
        batch.wait()
        if batch.server_answered:
            self.circuit.worked()
        elif batch.server_away and not any(server.connection for server in self.servers):
            # Another sender's connection would say that it takes no more of them, as many servers do.
            self.circuit.failed(batch.server_away)
        if batch.error:
            raise batch.error
        return 0 if batch.server_away and not batch.server_answered else len(claims)

    def tell(self, write: Callable[[], None]) -> None:
        """A cut connection must neither double nor delay mail: told once more on a new one, else remembered."""
        try:
            write()
        except Error:
            connections.close_all()
            try:
                write()
            except Error:
                self.untold.append(write)
                raise

    def close(self, seconds: float = 5.0) -> None:
        """Let what is in flight come to its end, for so long."""
        for _ in self.senders:
            self.batches.put(None)
        ends_at = time.monotonic() + seconds
        for sender in self.senders:
            sender.join(max(0.0, ends_at - time.monotonic()))

    def _serve(self, server: Server) -> None:
        """One sender: a connection to the mail server and one to the database of its own."""
        while batch := server.next_of(self.batches):
            batch.work(server)
        connections.close_all()
        server.hang_up()


class _Batch:
    """Claims that several senders take from."""

    def __init__(self, outgoing: Outgoing, claims: list[Claim]) -> None:
        self.outgoing = outgoing
        self.left = list(reversed(claims))
        self.lock = threading.Lock()
        self.error: Exception | None = None
        self.server_answered = False
        self.server_away = ""
        self.finished = threading.Semaphore(0)
        self.ends_at = time.monotonic() + LEASE.total_seconds() * SAFE_PART_OF_LEASE

    def wait(self) -> None:
        """Until every sender is done. On stopping, what nobody has begun is given back without waiting for them."""
        for _ in self.outgoing.senders:
            while not self.finished.acquire(timeout=0.2):
                if self.outgoing.is_stopping():
                    self._give_back()
        self._give_back()

    def work(self, server: Server) -> None:
        """One sender's part. An error of the database ends the batch: what was sent could not be recorded."""
        try:
            close_old_connections()
            while (claim := self._next()) and self._send(claim, server):
                pass
        except Exception as error:
            self.error = error
            connections.close_all()
        finally:
            self.finished.release()

    def _next(self) -> Claim | None:
        with self.lock:
            is_over = self.error or self.outgoing.is_stopping() or time.monotonic() > self.ends_at
            return None if is_over or not self.left else self.left.pop()

    def _give_back(self) -> None:
        with self.lock:
            left, self.left = self.left, []
        self.outgoing.tell(lambda: outbox.give_back(left))

    def _send(self, claim: Claim, server: Server) -> bool:
        """Whether this sender can go on. One that finds no server leaves the rest to those that have one."""
        message = self._message(claim)
        if message is None:
            return True
        try:
            server.take(message)
        except ServerAwayError as error:
            self.server_away = str(error)
            with self.lock:
                self.left.append(claim)
            return False
        except Exception as error:
            return self._refused(claim, error)
        self.server_answered = True
        self.outgoing.refused_in_a_row = 0
        self.outgoing.tell(lambda: outbox.record_sent(claim))
        return True

    def _message(self, claim: Claim) -> EmailMultiAlternatives | None:
        """None where nothing is to be sent, which is recorded."""
        try:
            mail = outbox.claimed(claim)
            if mail is None:
                return None  # erased, or another worker's by now
            message = rendered(mail)
        except (OperationalError, InterfaceError):
            with self.lock:
                self.left.append(claim)
            raise
        except Exception as error:
            _postpone(claim, error)
            return None
        if message is None:
            outbox.record_dropped(claim)
            return None
        # Providers give it back with what they report of this mail.
        message.metadata = {"outbox": str(mail.pk)}  # type: ignore[attr-defined]
        return message

    def _refused(self, claim: Claim, error: Exception) -> bool:
        refusal = meaning(error)
        if refusal is Refusal.FOR_GOOD and not names_recipient(error):
            with self.lock:
                self.outgoing.refused_in_a_row += 1
                if self.outgoing.refused_in_a_row > MOST_REFUSED_IN_A_ROW:
                    refusal = Refusal.SERVER_AWAY
        match refusal:
            case Refusal.SERVER_AWAY:
                # Perhaps the server, perhaps this mail at which it breaks: another one is to try it next.
                self.server_away = said(error)
                _postpone(claim, error)
                return False
            case Refusal.FOR_GOOD:
                outbox.record_refused(claim, said(error))
            case Refusal.FOR_NOW:
                _postpone(claim, error)
        self.server_answered = True
        return True


def _postpone(claim: Claim, error: Exception) -> None:
    logger.warning("mail %s is postponed: %s", claim.pk, said(error))
    attempts = OutboxMail.objects.filter(pk=claim.pk).values_list("attempts", flat=True).first()
    outbox.record_postponed(claim, attempts or 0, said(error))
