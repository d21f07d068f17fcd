"""The moderators' desk: who has which comment before them, how each works, and which words are pointed at."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..languages import LanguageField, tag_named, validate_language_tags
from .comments import Comment


class CommentClaim(models.Model):
    """Beside the comment, for it comes and goes with every look: that table's rows are large and have many indexes."""

    comment = models.OneToOneField(Comment, on_delete=models.CASCADE, primary_key=True, related_name="claim")
    moderator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.comment_id}: {self.moderator_id}"


class DeskChoice(models.Model):
    """How one moderator works. Without a row: every language, with keys, without mail."""

    moderator = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="desk_choice"
    )
    languages = models.CharField(
        max_length=500, blank=True, default="", db_default="", validators=[validate_language_tags]
    )
    has_keys = models.BooleanField(default=True, db_default=True)
    wants_digest = models.BooleanField(default=False, db_default=False)
    # When they last sat at the desk, and were last told what waits.
    seen_on = models.DateField(null=True, blank=True)
    told_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["told_on"], name="deskchoice_to_tell", condition=Q(wants_digest=True))]

    def __str__(self) -> str:
        return f"{self.moderator_id}: {self.languages or '*'}"

    @property
    def tags(self) -> list[str]:
        return [tag_named(tag) for tag in self.languages.split()]


WORDS_AT_MOST = 2000
LONGEST_WORD = 60


class WatchedWord(models.Model):
    """Taken as it is written, from one end of a word to the other; nobody is judged by it."""

    language = LanguageField(
        blank=True, default="", db_default="", help_text=_("Empty: it is looked for in every language.")
    )
    words = models.CharField(
        _("word or words"),
        max_length=LONGEST_WORD,
        help_text=_("As people write it. Capitals do not matter; other endings are words of their own."),
    )
    why = models.CharField(
        _("why"), max_length=80, blank=True, help_text=_("A few words for the moderator: insults a people.")
    )

    class Meta:
        verbose_name = _("watched word")
        verbose_name_plural = _("watched words")
        ordering = ["language", "words"]
        constraints = [
            models.UniqueConstraint(
                fields=["language", "words"],
                name="watchedword_once",
                violation_error_message=_("This stands in the list already."),
            ),
            models.CheckConstraint(
                condition=~Q(words=""), name="watchedword_not_empty", violation_error_message=_("Write a word.")
            ),
        ]

    def __str__(self) -> str:
        return self.words

    def clean(self) -> None:
        if not any(letter.isalnum() for letter in self.words):
            raise ValidationError({"words": _("Write a word: signs alone are in every sentence.")})
        if self._state.adding and WatchedWord.objects.count() >= WORDS_AT_MOST:
            message = _("The list holds %(count)s words. Remove what nobody writes any more.")
            raise ValidationError(message, params={"count": WORDS_AT_MOST})
