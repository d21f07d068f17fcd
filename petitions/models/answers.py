"""What an author answers to a decision: once with other words, once with an objection."""

from collections.abc import Collection
from datetime import timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .comments import Comment
from .decisions import Decision

# As long as the Digital Services Act gives at least (article 20).
ANSWERED_WITHIN = timedelta(days=183)


class AnswerQuerySet(models.QuerySet["Answer"]):
    def waiting(self) -> Self:
        return self.filter(outcome__isnull=True)

    def barred(self, comments: Collection[int]) -> dict[int, int]:
        """By comment, the number of the actor to whose decision its author objects: somebody else looks at it."""
        objections = self.waiting().filter(kind=Answer.Kind.OBJECTED, comment__in=list(comments))
        return dict(objections.values_list("comment", "decision__actor_id"))


class Answer(models.Model):
    """It goes with its comment."""

    class Kind(models.TextChoices):
        RESUBMITTED = "resubmit", _("resubmitted")
        OBJECTED = "object", _("objected")

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="answers", db_index=False)
    kind = models.CharField(_("answer"), max_length=8, choices=Kind)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="answers", db_index=False)
    # Of an objection why; of a resubmission how the comment read before.
    words = models.TextField(max_length=2000, blank=True)
    at = models.DateTimeField(db_default=Now())
    outcome = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="settled_answers"
    )

    objects = AnswerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["comment", "kind"],
                name="answer_once",
                violation_error_message=_("A comment is resubmitted once, and objected for once."),
            ),
        ]
        indexes = [
            models.Index(fields=["at"], name="answer_by_time"),
            models.Index(fields=["kind"], name="answer_waiting", condition=Q(outcome__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.comment_id}"


def open_answers(comment: Comment, decision: Decision | None) -> list[Answer.Kind]:
    """The kinds of answers still open to its author, where `decision` is why it is not shown."""
    if decision is None or timezone.now() - decision.at > ANSWERED_WITHIN:
        return []
    given = set(comment.answers.values_list("kind", flat=True))
    return [kind for kind in Answer.Kind if kind not in given]
