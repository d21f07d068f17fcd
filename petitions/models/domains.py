"""How each mail domain treats addresses that reach one mailbox: editable by organizers."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DomainRule(models.Model):
    domain = models.CharField(
        _("domain"),
        max_length=253,
        unique=True,
        help_text=_("In lower case; * stands for every domain without a rule."),
    )
    alias_of = models.CharField(
        _("same as"),
        max_length=253,
        blank=True,
        help_text=_("Another name of the same mail domain, such as gmail.com."),
    )
    strips_dots = models.BooleanField(_("ignores dots before the @"), default=False)
    strips_tag = models.BooleanField(_("ignores +words before the @"), default=False)
    is_disposable = models.BooleanField(
        _("mailboxes for an hour"),
        default=False,
        db_default=False,
        help_text=_("Moderators are told so of a comment from such an address. Nobody is refused for it."),
    )

    class Meta:
        verbose_name = _("mail domain rule")
        verbose_name_plural = _("mail domain rules")
        ordering = ["domain"]

    def __str__(self) -> str:
        return self.domain
