"""Sending the mail of an act once more, to where it went before."""

from .mail.outbox import queue
from .models import Comment, Follower, OutboxMail, Signature
from .throttling import (
    COMMENTING_BY_NETWORK,
    FOLLOWING_BY_NETWORK,
    RESENDING,
    SIGNING_FLOOD,
    Limit,
    count_or_refuse,
    mail_wait,
)

Kind = OutboxMail.Kind
BY_NETWORK: dict[str, Limit] = {
    # Held or not, whoever signed is answered alike.
    Kind.SIGNED: SIGNING_FLOOD,
    Kind.COMMENTED: COMMENTING_BY_NETWORK,
    Kind.FOLLOWED: FOLLOWING_BY_NETWORK,
}


def send_again(
    kind: OutboxMail.Kind, person: Signature | Comment | Follower, language: str, *, asked_in: str, network: str | None
) -> None:
    """Let the mail of this act wait once more. Nothing else changes, and nobody is told whether one was due.

    `asked_in` names the page that asks: each may ask a few times. Past the day's number for one person, and while a
    mail still waits, none is added. Call it outside any transaction, as all throttling. Raises ThrottledError.
    """
    count_or_refuse((RESENDING, asked_in))
    wait = mail_wait(BY_NETWORK[kind], network, person.canonical_email)
    queue(kind, person, language, wait=wait)
