"""Readers report comments. What was reported stays to be read until somebody decides: no click takes words away."""

from collections.abc import Mapping

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from .addresses import canonical_address
from .answering import MAILED_AFTER
from .mail.outbox import queue
from .models import Comment, Decision, OutboxMail, Reason, Report
from .throttling import REPORTING_COMMENTS_BY_NETWORK, count_or_refuse, mail_wait

# Reports from so many networks put a comment back in the queue; one is enough where it is about the law.
NETWORKS_TO_LOOK_AGAIN = 3
# A swarm says no more than this many: a moderator looks at the first ones.
WAITING_AT_MOST = 50


class NothingToReportError(Exception):
    """The public does not read it, or not any more."""


def report(
    comment: Comment, reason: Reason, *, network: str, language: str, law: str = "", explanation: str = "", email: str
) -> None:
    """Store what a reader says of a comment, once a network. Whoever says it again gets the same answer.

    Call it outside any transaction, as all throttling. Raises ThrottledError and NothingToReportError.
    """
    canonical = canonical_address(email) if email else ""
    if not canonical:
        count_or_refuse((REPORTING_COMMENTS_BY_NETWORK, network))
    elif mail_wait(REPORTING_COMMENTS_BY_NETWORK, network, canonical) is None:
        email = canonical = ""
    with transaction.atomic():
        # One after the other: each counts those before it.
        locked = Comment.objects.select_for_update(no_key=True).filter(pk=comment.pk).first()
        if locked is None or not Comment.objects.visible().filter(pk=locked.pk).exists():
            raise NothingToReportError
        known_as = _network_at(locked, network)
        waiting = locked.reports.waiting()
        if locked.reports.filter(network=known_as).exists() or waiting.count() >= WAITING_AT_MOST:
            return
        Report.objects.create(
            petition_id=locked.petition_id,
            comment=locked,
            reason=reason,
            law=law,
            explanation=explanation,
            email=email,
            canonical_email=canonical,
            language=language,
            network=known_as,
        )
        if locked.reported_at is None and (reason.is_illegal or waiting.count() >= NETWORKS_TO_LOOK_AGAIN):
            Comment.objects.filter(pk=locked.pk).update(reported_at=timezone.now())


def _network_at(comment: Comment, network: str) -> str:
    return salted_hmac(f"petitions.report.{comment.pk}", network, secret=settings.SECRET_KEY).hexdigest()[:32]


def settle_reports(decided: Mapping[int, Decision]) -> None:
    """A moderator has looked: mails wait for those who left an address, in the caller's transaction."""
    reports = list(Report.objects.waiting().filter(comment__in=list(decided)))
    for each in reports:
        assert each.comment_id is not None, "it was found by its comment"
        each.settled_at, each.outcome = timezone.now(), decided[each.comment_id]
        if each.email:
            queue(OutboxMail.Kind.REPORTED, each, each.language, wait=MAILED_AFTER)
    Report.objects.bulk_update(reports, ["settled_at", "outcome"])


def reopen_reports(undone: Decision) -> None:
    Report.objects.filter(outcome=undone).update(settled_at=None, outcome=None)
