"""What a failed attempt means: the address is refused for good, this mail has to wait, or the server is away."""

import re
import smtplib
from enum import Enum

from anymail.exceptions import (
    AnymailAPIError,
    AnymailConfigurationError,
    AnymailInvalidAddress,
    AnymailRecipientsRefused,
    AnymailUnsupportedFeature,
)

# Servers quote the address they refuse; what staff read names nobody.
ADDRESS = re.compile(r"[^\s@<>\"'(=]+(?:@|%40)[^\s@<>\"'()]+")
# Not about one mail: wrong credentials, no right to send, too much at once.
NOT_OF_THE_MAIL = (401, 402, 403, 429)


class Refusal(Enum):
    FOR_GOOD = "for good"
    FOR_NOW = "for now"
    SERVER_AWAY = "server away"


def meaning(error: Exception) -> Refusal:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _reason in error.recipients.values()]
        return Refusal.FOR_GOOD if codes and all(500 <= code < 600 for code in codes) else Refusal.FOR_NOW
    if isinstance(error, smtplib.SMTPDataError):
        return Refusal.FOR_GOOD if 500 <= error.smtp_code < 600 else Refusal.FOR_NOW
    if isinstance(error, AnymailRecipientsRefused | AnymailInvalidAddress | AnymailUnsupportedFeature):
        return Refusal.FOR_GOOD
    if isinstance(error, AnymailAPIError):
        status = error.status_code
        if status is not None and 400 <= status < 500 and status not in NOT_OF_THE_MAIL:
            return Refusal.FOR_GOOD
        return Refusal.SERVER_AWAY
    # Refused log-ins and senders are the site's own trouble, and concern every mail.
    if isinstance(error, OSError | smtplib.SMTPException | AnymailConfigurationError):
        return Refusal.SERVER_AWAY
    return Refusal.FOR_NOW


def names_recipient(error: Exception) -> bool:
    """Whether it is the address that was refused, and nothing that other mails share."""
    return isinstance(error, smtplib.SMTPRecipientsRefused | AnymailRecipientsRefused | AnymailInvalidAddress)


def said(error: Exception) -> str:
    """In one line that names nobody."""
    text = error.recipients if isinstance(error, smtplib.SMTPRecipientsRefused) else error
    return ADDRESS.sub("[address]", f"{type(error).__name__}: {text}".replace("\n", " "))[:300]
