"""A real SMTP server that records what it takes, and can be slow, hang, refuse or vanish."""

import asyncio
import re
import socket
from collections.abc import Callable
from contextlib import contextmanager

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

from dev.database import free_port

SMTP_SETTINGS = {
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "EMAIL_HOST": "127.0.0.1",
    "EMAIL_USE_TLS": False,
    "EMAIL_USE_SSL": False,
    "EMAIL_TIMEOUT": 2,
}
MESSAGE_ID = re.compile(rb"^Message-ID: (<[^>]+>)", re.MULTILINE | re.IGNORECASE)


class Sink:
    """Takes every mail, or answers recipients and data as told."""

    def __init__(self):
        self.envelopes = []
        # An answer, or what gives one for an address.
        self.rcpt_answer: str | Callable[[str], str] = "250 taken"
        self.data_answer = "250 taken"
        # Before it answers; endless where it hangs.
        self.seconds = 0.0
        # Words in an address at which the server ends the connection, as some filters do.
        self.breaks_at = None
        self.most_connections = self.most_mails = None
        self.says_that_it_ends = False
        self.connections = 0

    @property
    def message_ids(self):
        return [MESSAGE_ID.search(envelope.content)[1].decode() for envelope in list(self.envelopes)]

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802 - aiosmtpd's names
        if self.most_mails and getattr(session, "mails", 0) == self.most_mails:
            if self.says_that_it_ends:
                return "421 4.7.0 no more mails by this connection"
            server.transport.abort()
        envelope.mail_from = address
        return "250 taken"

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if self.breaks_at and self.breaks_at in address:
            server.transport.close()
        answer = self.rcpt_answer(address) if callable(self.rcpt_answer) else self.rcpt_answer
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        await asyncio.sleep(self.seconds)
        if not self.data_answer.startswith("2"):
            return self.data_answer
        self.envelopes.append(envelope)
        session.mails = getattr(session, "mails", 0) + 1
        return self.data_answer


class _Connection(SMTP):
    def connection_made(self, transport):
        super().connection_made(transport)
        sink = self.event_handler
        sink.connections += 1
        if sink.most_connections and sink.connections > sink.most_connections:
            transport.abort()

    def connection_lost(self, error):
        self.event_handler.connections -= 1
        super().connection_lost(error)


class _Controller(Controller):
    def factory(self):
        return _Connection(self.handler, hostname="sink.example")


@contextmanager
def listening(sink, port=None):
    """The port it listens at."""
    controller = _Controller(sink, hostname="127.0.0.1", port=port or free_port())
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


@contextmanager
def hanging():
    """A server that accepts connections and never says a word; its port."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(64)
        yield server.getsockname()[1]
