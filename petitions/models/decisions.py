"""What was decided about comments: rows that are only added. Taking one back is a row of its own."""

from collections.abc import Collection, Iterable
from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from ..languages import LanguageField
from .comments import Comment
from .reasons import Reason

NEED_A_REASON = ("reject", "hide")


class DecisionQuerySet(models.QuerySet["Decision"]):
    def about(self, numbers: Collection[int]) -> Self:
        return self.filter(comment_number__in=list(numbers))

    def standing(self, comment: Comment) -> "Decision | None":
        """Why a comment is not shown: the refusal that nobody took back. None where it is shown, waits or is spam."""
        refusals = self.about([comment.pk]).filter(
            verb__in=NEED_A_REASON, state_after=comment.state, undone_by__isnull=True
        )
        return refusals.select_related("reason").order_by("-pk").first()

    def last_about(self, numbers: Iterable[int]) -> "dict[int, Decision]":
        """The last one about each of these comments, by the comment's number."""
        rows = self.about(list(numbers)).order_by("comment_number", "-pk").distinct("comment_number")
        return {row.comment_number: row for row in rows}


class Decision(models.Model):
    """A trigger in the database refuses to change or delete a row, so comment and actor are plain numbers, not keys:
    it outlives both. It holds nothing that a person wrote."""

    class Verb(models.TextChoices):
        APPROVE = "approve", _("approved")
        REJECT = "reject", _("rejected")
        SPAM = "spam", _("marked as spam")
        HIDE = "hide", _("hidden")
        RESTORE = "restore", _("restored")
        HOLD = "hold", _("left to another moderator")
        UNDO = "undo", _("undone")

    class By(models.TextChoices):
        PERSON = "person", _("a person")
        RULE = "rule", _("a rule")

    comment_number = models.BigIntegerField(_("comment"))
    actor_id = models.BigIntegerField(_("actor number"))
    actor_name = models.CharField(_("who"), max_length=150)
    by = models.CharField(_("decided by"), max_length=6, choices=By)
    verb = models.CharField(_("decision"), max_length=8, choices=Verb)
    reason = models.ForeignKey(
        Reason, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions", verbose_name=_("reason")
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    at = models.DateTimeField(_("at"), db_default=Now())
    state_before = models.CharField(_("before"), max_length=10, choices=Comment.State)
    state_after = models.CharField(_("after"), max_length=10, choices=Comment.State)
    # `as_seen` of the screen it was decided on: the state, and a digest of words and name.
    seen = models.CharField(_("as seen"), max_length=40)
    undoes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="undone_by", verbose_name=_("undoes")
    )
    # Of that moment, for numbers that outlive the comment.
    written_in = LanguageField(_("written in"), blank=True, default="")
    # Since when it waited for this decision.
    waited_since = models.DateTimeField(null=True, blank=True)
    # Which moderator had left it to others before this, so that undoing restores it.
    left_by_before = models.BigIntegerField(null=True, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision about a comment")
        verbose_name_plural = _("decisions about comments")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(verb__in=NEED_A_REASON) | Q(reason__isnull=False),
                name="decision_has_reason",
                violation_error_message=_("Choose a reason: its words go to the author."),
            ),
            models.CheckConstraint(
                condition=Q(verb="undo", undoes__isnull=False) | (~Q(verb="undo") & Q(undoes__isnull=True)),
                name="decision_undo_names_what",
                violation_error_message=_("Undoing names the decision that is undone."),
            ),
        ]
        indexes = [
            models.Index(fields=["comment_number", "-id"], name="decision_by_comment"),
            models.Index(fields=["actor_id", "-id"], name="decision_by_actor"),
            models.Index(fields=["at"], name="decision_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.actor_name}: {self.verb} {self.comment_number}"
