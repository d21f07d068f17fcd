"""How often a campaign's letters, numbers and posts were used: plain numbers, of nobody."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..rules.networks import NETWORKS
from .campaigns import Campaign

CHANNELS_OF_NETWORKS = [(network.key, network.name) for network in NETWORKS.values() if network.address]


class DeedCount(models.Model):
    """Deeds of one campaign by one channel on one day (UTC)."""

    class Act(models.TextChoices):
        PREPARED = "prepared", _("Letters prepared")
        OPENED = "opened", _("Letters opened for sending")
        PRINTED = "printed", _("Printed")
        COPIED = "copied", _("Copied")
        CALLED = "called", _("Calls")
        REMINDED = "reminded", _("Reminders to call")
        SHARED = "shared", _("Shared")
        ASKED = "asked", _("A friend asked")

    class Channel(models.TextChoices):
        """Ways of our own; the networks that posts go to are channels too, by their keys."""

        LETTER = "letter", pgettext_lazy("deed", "Letter")
        MAIL_APP = "mail-app", _("Mail app")
        GMAIL = "gmail", "Gmail"
        OUTLOOK = "outlook", "Outlook"
        DRAFT = "draft", _("Draft file")
        PAPER = "paper", _("Print view")
        PDF = "pdf", "PDF"
        LABELS = "labels", _("Address labels")
        COPY_LETTER = "copy-letter", _("Letter copied")
        COPY_ADDRESS = "copy-address", _("Address copied")
        COPY_POST = "copy-post", _("Post copied")
        COPY_LINK = "copy-link", _("Link copied")
        TELEPHONE = "telephone", _("Telephone")
        REMINDER = "reminder", _("Reminder to call")
        SHARE_SHEET = "share-sheet", _("The device's own sharing")
        E_MAIL = "e-mail", _("E-mail")
        SMS = "sms", _("SMS")
        ASKED = "asked", _("“Yes, I sent it”")

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="deed_counts")
    channel = models.CharField(_("channel"), max_length=20, choices=[*Channel.choices, *CHANNELS_OF_NETWORKS])
    day = models.DateField(_("day"))
    count = models.PositiveIntegerField(_("count"))

    class Meta:
        verbose_name = _("count of deeds")
        verbose_name_plural = _("counts of deeds")
        ordering = ["-day", "channel"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "channel", "day"],
                name="deedcount_one_per_day",
                violation_error_message=_("This count exists already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.channel} {self.day}: {self.count}"


def act_of(channel: str) -> DeedCount.Act:
    return ACTS.get(channel, DeedCount.Act.SHARED)


# Whatever is not named here is sharing.
ACTS: dict[str, DeedCount.Act] = {
    DeedCount.Channel.LETTER: DeedCount.Act.PREPARED,
    DeedCount.Channel.MAIL_APP: DeedCount.Act.OPENED,
    DeedCount.Channel.GMAIL: DeedCount.Act.OPENED,
    DeedCount.Channel.OUTLOOK: DeedCount.Act.OPENED,
    DeedCount.Channel.DRAFT: DeedCount.Act.OPENED,
    DeedCount.Channel.PAPER: DeedCount.Act.PRINTED,
    DeedCount.Channel.PDF: DeedCount.Act.PRINTED,
    DeedCount.Channel.LABELS: DeedCount.Act.PRINTED,
    DeedCount.Channel.COPY_LETTER: DeedCount.Act.COPIED,
    DeedCount.Channel.COPY_ADDRESS: DeedCount.Act.COPIED,
    DeedCount.Channel.COPY_POST: DeedCount.Act.COPIED,
    DeedCount.Channel.COPY_LINK: DeedCount.Act.COPIED,
    DeedCount.Channel.TELEPHONE: DeedCount.Act.CALLED,
    DeedCount.Channel.REMINDER: DeedCount.Act.REMINDED,
    DeedCount.Channel.ASKED: DeedCount.Act.ASKED,
}
