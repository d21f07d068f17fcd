"""What an author may answer to a refusal: other words once, and one objection, at which somebody else looks."""

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from .mail.outbox import queue
from .models import Answer, Comment, Decision, OutboxMail
from .models.answers import open_answers

# An undo within this time spares the author a mail that is not true.
MAILED_AFTER = timedelta(minutes=15)
# Refused for a reason. Spam gets no mail: each would tell a machine that somebody reads, and the law asks for none
# (article 17, paragraph 2, deceptive commercial content).
REFUSALS = (Decision.Verb.REJECT, Decision.Verb.HIDE)
WAITS_AGAIN: dict[str, Any] = {"state": Comment.State.PENDING, "decided_at": None, "reported_at": None}
UNREAD: dict[str, Any] = {
    "written_in": "",
    "written_in_confidence": None,
    "written_in_source": "",
    "words_hash": None,
    "word_bands": None,
}


class NotAnswerableError(Exception):
    """It is shown, waits, was answered so already, or the time is over."""


def resubmit(comment: Comment, text: str) -> None:
    """Put other words in its place, to be read as any others. Raises NotAnswerableError."""
    with transaction.atomic():
        locked, decision = _locked(comment, Answer.Kind.RESUBMITTED)
        Answer.objects.create(comment=locked, kind=Answer.Kind.RESUBMITTED, decision=decision, words=locked.text)
        _wait_again(locked, text=text, **UNREAD)


def object_to_decision(comment: Comment, words: str) -> None:
    """Ask for another look, by another moderator than the one who decided. Raises NotAnswerableError."""
    with transaction.atomic():
        locked, decision = _locked(comment, Answer.Kind.OBJECTED)
        Answer.objects.create(comment=locked, kind=Answer.Kind.OBJECTED, decision=decision, words=words)
        _wait_again(locked)


def _locked(comment: Comment, kind: Answer.Kind) -> tuple[Comment, Decision]:
    locked = Comment.objects.confirmed().select_for_update(of=("self",), no_key=True).filter(pk=comment.pk).first()
    decision = Decision.objects.standing(locked) if locked else None
    if locked is None or decision is None or kind not in open_answers(locked, decision):
        raise NotAnswerableError
    return locked, decision


def _wait_again(comment: Comment, **changes: Any) -> None:
    Comment.objects.filter(pk=comment.pk).update(asked_again_at=timezone.now(), **WAITS_AGAIN, **changes)


def tell_authors(decided: Mapping[int, Decision]) -> None:
    """Queue the mail that says why, or how their answer ended, in the caller's transaction. By the comment's number."""
    waiting: QuerySet[Answer] = Answer.objects.waiting().filter(comment__in=list(decided))
    answers = list(waiting)
    for answer in answers:
        answer.outcome = decided[answer.comment_id]
    Answer.objects.bulk_update(answers, ["outcome"])
    # Whoever was told that it is not shown is told where it is shown after all.
    heard = {answer.comment_id for answer in answers} | set(_told_before(decided))
    told = [number for number, decision in decided.items() if decision.verb in REFUSALS or number in heard]
    for comment in Comment.objects.filter(pk__in=told):
        queue(OutboxMail.Kind.DECIDED, comment, comment.language, wait=MAILED_AFTER)


def _told_before(numbers: Collection[int]) -> QuerySet[OutboxMail, int | None]:
    mails = OutboxMail.objects.filter(kind=OutboxMail.Kind.DECIDED, state=OutboxMail.State.SENT)
    return mails.filter(comment__in=list(numbers)).values_list("comment", flat=True)


def reopen_answers(undone: Decision) -> None:
    Answer.objects.filter(outcome=undone).update(outcome=None)
