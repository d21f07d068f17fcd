"""One sender's connection to the mail server or provider: opened when needed, kept while there is work."""

import smtplib
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import TypeVar

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from .refusals import said

WorkT = TypeVar("WorkT")

# Shorter than servers wait for the next mail before they end a connection themselves.
IDLE_SECONDS = 5.0
# "Service not available, closing transmission channel" (RFC 5321).
ENDS = 421


class ServerAwayError(Exception):
    """No connection can be had, or the log-in is refused: it concerns every mail."""


class Server:
    def __init__(self) -> None:
        self.connection: BaseEmailBackend | None = None

    def next_of(self, work: SimpleQueue[WorkT]) -> WorkT:
        """Wait for work, and hang up where there is none for a while."""
        while self.connection:
            try:
                return work.get(timeout=IDLE_SECONDS)
            except Empty:
                self.hang_up()
        return work.get()

    def take(self, message: EmailMultiAlternatives) -> None:
        """Raises ServerAwayError, and what the server says of this mail."""
        if self.connection:
            try:
                return self._hand_over(message)
            except (smtplib.SMTPServerDisconnected, smtplib.SMTPSenderRefused) as error:
                # Servers end a connection after so many mails, some with a word: a new one will do.
                if getattr(error, "smtp_code", ENDS) != ENDS:
                    raise
        connection = get_connection(settings.EMAIL_BACKEND, fail_silently=False)
        try:
            connection.open()
        except Exception as error:
            raise ServerAwayError(said(error)) from error
        self.connection = connection
        self._hand_over(message)

    def _hand_over(self, message: EmailMultiAlternatives) -> None:
        assert self.connection is not None, "opened before"
        try:
            if not self.connection.send_messages([message]):
                raise smtplib.SMTPException("the mail was not taken")
        except Exception:
            # A connection after an error is not trusted any more.
            self.hang_up()
            raise

    def hang_up(self) -> None:
        connection, self.connection = self.connection, None
        if connection:
            with suppress(OSError):
                connection.close()
