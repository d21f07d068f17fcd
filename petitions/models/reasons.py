"""Why a comment may be refused or reported: a short list that organizers keep, in the words of each language."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..languages import Text, best_text, one_per_language, reader_language


class ReasonQuerySet(models.QuerySet["Reason"]):
    def offered(self) -> "ReasonQuerySet":
        return self.filter(is_retired=False)


class Reason(models.Model):
    """Never deleted: decisions name it for good. One that is no longer offered is retired."""

    key = models.SlugField(_("key"), max_length=40, unique=True, help_text=_("A short word for exports: insult."))
    position = models.PositiveSmallIntegerField(_("place in the list"), default=100, db_default=100)
    is_illegal = models.BooleanField(
        _("is about the law"),
        default=False,
        db_default=False,
        help_text=_("Whoever reports it is asked for the law, and a moderator looks at it after one report."),
    )
    is_retired = models.BooleanField(
        _("is retired"), default=False, db_default=False, help_text=_("No longer offered. Old decisions keep it.")
    )

    objects = ReasonQuerySet.as_manager()

    class Meta:
        verbose_name = _("reason")
        verbose_name_plural = _("reasons")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.key

    # What `TextFormSet` and the rule for falling back start from.
    source_language = "en"

    def text(self, language: str | None = None) -> "ReasonText | None":
        """In the reader's language where there is one. A list prefetches `loaded_texts`."""
        loaded = getattr(self, "loaded_texts", None)
        return best_text(self.texts.all() if loaded is None else loaded, language or reader_language())

    @property
    def title(self) -> str:
        text = self.text()
        return text.title if text else self.key


class ReasonText(Text):
    reason = models.ForeignKey(Reason, on_delete=models.CASCADE, related_name="texts")
    title = models.CharField(_("in the list"), max_length=80, help_text=_("A few words: Speaks ill of a people."))
    sentence = models.TextField(
        _("to the author"),
        max_length=400,
        help_text=_("Which rule it is, kindly, in a sentence or two: it stands in the mail to the author."),
    )

    class Meta:
        verbose_name = _("text")
        verbose_name_plural = _("texts")
        ordering = ["language"]
        constraints = [one_per_language("reason", "reasontext_one_per_language")]
