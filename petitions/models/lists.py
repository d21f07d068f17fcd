"""Where signatures come from that a person should look at, and where from nobody need look."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ListEntryQuerySet(models.QuerySet["ListEntry"]):
    def in_force(self) -> Self:
        return self.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=timezone.now()))


class ListEntry(models.Model):
    class Kind(models.TextChoices):
        BLOCK = "block", pgettext_lazy("list", "block")
        WATCH = "watch", pgettext_lazy("list", "watch")
        ALLOW = "allow", pgettext_lazy("list", "allow")

    class About(models.TextChoices):
        DOMAIN = "domain", _("mail domain")
        ADDRESS = "address", _("e-mail address")
        NETWORK = "network", pgettext_lazy("of computers", "network")

    kind = models.CharField(
        _("list"),
        max_length=5,
        choices=Kind,
        default=Kind.BLOCK,
        help_text=_(
            "Block: its signatures are held. Watch: they count, and are marked for review. Allow: they are never held, "
            "whatever else is listed."
        ),
    )
    about = models.CharField(_("kind of entry"), max_length=7, choices=About)
    pattern = models.CharField(
        _("entry"),
        max_length=254,
        help_text=_(
            "A domain such as spam.example, which includes all below it, or *.spam.example, which is only those below "
            "it; an address; or a network such as 203.0.113.0/24 or 2001:db8::/48."
        ),
    )
    comment = models.CharField(_("why"), max_length=300, help_text=_("For those who find this entry later."))
    author_name = models.CharField(_("by"), max_length=150, editable=False)
    created_at = models.DateTimeField(_("since"), auto_now_add=True)
    ends_at = models.DateTimeField(_("until"), null=True, blank=True, help_text=_("Empty: until somebody ends it."))

    objects = ListEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("list entry")
        verbose_name_plural = _("block, watch and allow lists")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["about", "pattern"],
                name="listentry_once",
                violation_error_message=_("This is listed already. Change that entry: one that ended can begin again."),
            )
        ]

    def __str__(self) -> str:
        return self.pattern

    @property
    def is_in_force(self) -> bool:
        return self.ends_at is None or self.ends_at > timezone.now()

    @property
    def holds(self) -> bool:
        return self.kind == self.Kind.BLOCK and self.is_in_force
