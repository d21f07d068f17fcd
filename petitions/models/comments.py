"""A comment, and the replies one level below it. Nothing is shown before a moderator approved it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..languages import LanguageField, language_name
from ..names import validate_plain_name
from ..seen import seen_as
from .petitions import Petition
from .signatures import Signature

# Reported words stay where they are until somebody decides: a stranger's click takes nobody's words away.
WAITS = Q(state="pending") | Q(state="approved", reported_at__isnull=False)


class CommentQuerySet(models.QuerySet["Comment"]):
    def confirmed(self) -> Self:
        """Whose author's address is known to be theirs, and whose signature stands."""
        stands = Q(signature__isnull=True) | Q(signature__state=Signature.State.CONFIRMED)
        return self.filter(stands, confirmed_at__isnull=False)

    def visible(self) -> Self:
        """What the public may read: approved, confirmed, and not below a parent that is gone."""
        parent_stands = Q(parent__signature__isnull=True) | Q(parent__signature__state=Signature.State.CONFIRMED)
        below = Q(parent__isnull=True) | (
            Q(parent__state=Comment.State.APPROVED, parent__confirmed_at__isnull=False) & parent_stands
        )
        return self.confirmed().filter(below, state=Comment.State.APPROVED)

    def top_level(self) -> Self:
        return self.filter(parent__isnull=True)

    def by_others_than(self, canonical_email: str) -> Self:
        return self.exclude(canonical_email=canonical_email).exclude(signature__canonical_email=canonical_email)

    def waiting(self) -> Self:
        """The moderators' queue: what nobody has decided, and what readers ask to decide again."""
        return self.confirmed().filter(WAITS)

    def unseen(self) -> Self:
        """What is public because its author is trusted, and nobody has looked at yet."""
        return self.confirmed().filter(state=Comment.State.APPROVED, unseen_since__isnull=False)

    def open_to(self, moderator_number: int) -> Self:
        """Without what this moderator has left to others, or decided in a way the author objects to."""
        objected = Q(
            answers__kind="object", answers__outcome__isnull=True, answers__decision__actor_id=moderator_number
        )
        return self.exclude(left_by=moderator_number).exclude(pk__in=self.model.objects.filter(objected).values("pk"))


class Comment(models.Model):
    class State(models.TextChoices):
        PENDING = "pending", _("waiting for a moderator")
        APPROVED = "approved", _("approved")
        REJECTED = "rejected", _("rejected")
        SPAM = "spam", _("spam")
        HIDDEN = "hidden", _("hidden")

    class ToldBy(models.TextChoices):
        SCRIPT = "script", _("its script")
        DETECTOR = "detector", _("its words")
        PERSON = "person", _("a person")

    petition = models.ForeignKey(
        Petition, on_delete=models.CASCADE, related_name="comments", verbose_name=_("petition")
    )
    signature = models.ForeignKey(Signature, on_delete=models.CASCADE, null=True, blank=True, related_name="comments")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="replies")
    name = models.CharField(_("name"), max_length=150, blank=True, validators=[validate_plain_name])
    email = models.EmailField(_("e-mail"), max_length=254, blank=True)
    canonical_email = models.CharField(max_length=254, blank=True, editable=False)
    text = models.TextField(_("comment"), max_length=2000)
    # What the author read the page in, and gets mails in.
    language = LanguageField()
    # What the words are written in: empty where nobody can be sure.
    written_in = LanguageField(_("written in"), blank=True, default="", db_default="")
    # Percent; empty where nobody has looked yet.
    written_in_confidence = models.SmallIntegerField(_("how sure"), null=True, blank=True)
    written_in_source = models.CharField(
        _("told by"), max_length=8, choices=ToldBy, blank=True, default="", db_default=""
    )
    wants_replies = models.BooleanField(_("wants to hear of replies"), default=False, db_default=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PENDING)
    created_at = models.DateTimeField(_("written"), auto_now_add=True)
    confirmed_at = models.DateTimeField(_("address confirmed"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    # Number of the moderator who leaves it to another one.
    left_by = models.BigIntegerField(null=True, blank=True, editable=False)
    # When its author resubmitted it or objected.
    asked_again_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Since when readers' reports put it back in the queue.
    reported_at = models.DateTimeField(_("reported"), null=True, blank=True, editable=False)
    # Since when it is public by its author's good name alone: a moderator looks at it afterwards.
    unseen_since = models.DateTimeField(null=True, blank=True, editable=False)
    # What tells equal and nearly equal texts (desk/likeness.py); empty where the worker has not looked yet.
    words_hash = models.BigIntegerField(null=True, blank=True, editable=False)
    word_bands = ArrayField(models.BigIntegerField(), null=True, blank=True, editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        constraints = [
            models.CheckConstraint(
                condition=Q(signature__isnull=False) | ~Q(name=""),
                name="comment_has_author",
                violation_error_message=_("A comment without a signature needs a name."),
            ),
            models.UniqueConstraint(
                fields=["signature"],
                condition=Q(confirmed_at__isnull=True),
                name="comment_one_unconfirmed",
                violation_error_message=_("A comment of this signature waits already."),
            ),
            models.CheckConstraint(
                condition=~Q(text=""), name="comment_has_text", violation_error_message=_("Write something.")
            ),
            # Its words may still be replaced by another signing, so nobody may have judged them.
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=False) | Q(state="pending"),
                name="comment_decided_once_confirmed",
                violation_error_message=_("Only a comment whose author has confirmed it can be decided."),
            ),
            models.CheckConstraint(
                condition=Q(written_in="", written_in_confidence__isnull=True, written_in_source="")
                | (Q(written_in_confidence__range=(0, 100)) & ~Q(written_in_source="")),
                name="comment_written_in_is_told",
                violation_error_message=_("A language comes with how sure it is, and who says so."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["petition", "-id"],
                name="comment_public_list",
                condition=Q(state="approved", parent__isnull=True, confirmed_at__isnull=False),
            ),
            models.Index(fields=["-id"], name="comment_waiting", condition=WAITS & Q(confirmed_at__isnull=False)),
            models.Index(fields=["canonical_email"], name="comment_by_address"),
            models.Index(
                fields=["created_at"],
                name="comment_unconfirmed",
                condition=Q(confirmed_at__isnull=True, signature__isnull=True),
            ),
            models.Index(fields=["decided_at"], name="comment_with_address", condition=~Q(email="")),
            models.Index(
                fields=["id"],
                name="comment_to_be_looked_at",
                condition=Q(confirmed_at__isnull=False, written_in_confidence__isnull=True),
            ),
        ]
        # What the desk asks for: the oldest of a language, what a rule approved, what is alike.
        indexes += [
            models.Index(
                fields=["written_in", "id"],
                name="comment_waiting_by_language",
                condition=WAITS & Q(confirmed_at__isnull=False),
            ),
            models.Index(
                fields=["id"], name="comment_unseen", condition=Q(state="approved", unseen_since__isnull=False)
            ),
            models.Index(
                fields=["words_hash"], name="comment_same_words", condition=WAITS & Q(confirmed_at__isnull=False)
            ),
            GinIndex(
                fields=["word_bands"], name="comment_alike_words", condition=WAITS & Q(confirmed_at__isnull=False)
            ),
            models.Index(
                fields=["-id"],
                name="comment_to_be_compared",
                condition=Q(confirmed_at__isnull=False, words_hash__isnull=True),
            ),
        ]
        permissions = [("moderate_comment", _("Can approve, reject and hide comments"))]

    def __str__(self) -> str:
        return f"{self.public_name or self.pk}: {self.text[:60]}"

    @property
    def author(self) -> "Signature | Comment":
        """Whose address it is."""
        return self.signature or self

    @property
    def public_name(self) -> str:
        return self.signature.public_name if self.signature else self.name

    @property
    def public_city(self) -> str:
        return self.signature.public_city if self.signature else ""

    @property
    def as_seen(self) -> str:
        """What a moderator decides about: the state, the words and the name beside them."""
        return seen_as(self.state, self.text, self.public_name, self.public_city)

    @property
    def waits_since(self) -> datetime | None:
        """Since when it is in the moderators' queue; None where it is not."""
        if self.state == Comment.State.PENDING:
            return self.asked_again_at or self.confirmed_at
        return self.reported_at if self.state == Comment.State.APPROVED else None

    @property
    def written_in_name(self) -> str:
        return language_name(self.written_in) if self.written_in else ""


@dataclass(frozen=True)
class Step:
    """What a moderator may decide: the state it leads to, and those it leads from."""

    state: Comment.State
    before: Collection[Comment.State]


S = Comment.State
# What readers have reported, or a rule let in, is approved once more, or hidden.
DECISIONS = {
    "approve": Step(S.APPROVED, (S.PENDING, S.REJECTED, S.SPAM, S.APPROVED)),
    "reject": Step(S.REJECTED, (S.PENDING, S.SPAM)),
    "spam": Step(S.SPAM, (S.PENDING, S.REJECTED)),
    "hide": Step(S.HIDDEN, (S.APPROVED,)),
    "restore": Step(S.APPROVED, (S.HIDDEN,)),
}
