"""What to say on the telephone."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from petitions.languages import Text, one_per_language

from ..rules.placeholders import validate_placeholders
from .contents import Content
from .stories import one_owner


class CallScript(Content):
    own_takes_the_place = True

    name = models.CharField(_("name"), max_length=100, help_text=_("For organizers: Call to the Mayor's office."))

    class Meta:
        verbose_name = _("call script")
        verbose_name_plural = _("call scripts")
        default_related_name = "call_scripts"
        ordering = ["position", "pk"]
        constraints = [one_owner("callscript")]

    def __str__(self) -> str:
        return self.name


class CallScriptText(Text):
    script = models.ForeignKey(CallScript, on_delete=models.CASCADE, related_name="texts")
    words = models.TextField(
        _("what to say"),
        max_length=2000,
        validators=[validate_placeholders],
        help_text=_("One sentence a line, the same lines in every language."),
    )
    sounds = models.TextField(
        _("how it sounds"),
        max_length=4000,
        blank=True,
        validators=[validate_placeholders],
        help_text=_(
            "How the words in the asked city's language sound, line by line, written for readers of this language."
        ),
    )

    class Meta:
        verbose_name = _("text")
        verbose_name_plural = _("texts")
        ordering = ["language"]
        constraints = [
            one_per_language("script", "callscripttext_one_per_language"),
        ]
