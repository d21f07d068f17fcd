"""What signatures have in common, as numbers by the hour, and what of it stood out. No row is about one person."""

from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models.functions import Now
from django.utils.formats import date_format, number_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ..name_patterns import NamePattern
from .petitions import Petition

# Keys that stand for many: what is ordinary or not known, and what was too rare to be kept by itself.
ORDINARY, RARE = "", "*"


class Dimension(models.TextChoices):
    NETWORK = "network", _("network")
    DOMAIN = "domain", _("mail domain")
    COUNTRY = "country", _("country")
    NAME = "name", _("kind of name")
    DELAY = "delay", _("time until it was confirmed")
    LANGUAGE = "language", _("language that is rare in the country")


class Delay(models.TextChoices):
    """From signing to confirming; the value is where it ends, in seconds."""

    AT_ONCE = "5", _("within 5 seconds")
    QUICK = "30", _("within 5 to 30 seconds")
    SOON = "300", _("within 5 minutes")
    HOUR = "3600", _("within the hour")
    LATER = "later", _("later or never")


# The name is not kept, only that several signatures of one round bear the same.
SAME_NAME = "same"


class TrendCount(models.Model):
    """How many signatures of an hour share a key. Each signature is in one key of each dimension."""

    petition = models.ForeignKey(Petition, on_delete=models.CASCADE, related_name="+", db_index=False)
    hour = models.DateTimeField()
    dimension = models.CharField(max_length=8, choices=Dimension)
    key = models.CharField(max_length=64, blank=True)
    count = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("trend count")
        verbose_name_plural = _("trend counts")
        constraints = [
            models.UniqueConstraint(
                fields=["petition", "hour", "dimension", "key"],
                name="trendcount_one_per_key",
                violation_error_message=_("This count exists already."),
            ),
        ]
        indexes = [models.Index(fields=["hour"], name="trendcount_hour")]

    def __str__(self) -> str:
        return f"{self.petition_id} {self.hour:%Y-%m-%d %H} {self.dimension} {self.key}: {self.count}"


class TrendMark(models.Model):
    """How far signatures, by their number, have been read for one purpose."""

    purpose = models.CharField(max_length=20, primary_key=True)
    done_id = models.BigIntegerField()
    # All up to this number were there at that time: once it is long enough ago, they are read.
    ready_id = models.BigIntegerField()
    ready_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.purpose}: {self.done_id}"


class TrendFinding(models.Model):
    """Something that stood out against the petition's own history. Told once a day."""

    petition = models.ForeignKey(Petition, on_delete=models.CASCADE, related_name="+", verbose_name=_("petition"))
    dimension = models.CharField(_("what"), max_length=8, choices=Dimension)
    key = models.CharField(max_length=64)
    day = models.DateField()
    hour = models.DateTimeField(_("hour"))
    count = models.PositiveIntegerField()
    of_total = models.PositiveIntegerField()
    usual_percent = models.PositiveSmallIntegerField()
    found_at = models.DateTimeField(_("found"), db_default=Now())

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["petition", "dimension", "key", "day"],
                name="trendfinding_once_a_day",
                violation_error_message=_("This is found already."),
            ),
        ]
        indexes = [models.Index(fields=["found_at"], name="trendfinding_found")]

    def __str__(self) -> str:
        return f"{self.petition_id} {self.dimension} {self.key}"

    @property
    def sentence(self) -> str:
        """What stands out, for people who decide. It accuses nobody: a school shares a network too."""
        message = ngettext(
            "%(count)s of %(total)s signature in the hour from %(hour)s %(share)s; usually it is %(usual)s %%.",
            "%(count)s of %(total)s signatures in the hour from %(hour)s %(share)s; usually it is %(usual)s %%.",
            self.of_total,
        )
        return message % {
            "count": number_format(self.count),
            "total": number_format(self.of_total),
            "hour": date_format(localtime(self.hour), "SHORT_DATETIME_FORMAT"),
            "share": self._share,
            "usual": number_format(self.usual_percent),
        }

    @property
    def _share(self) -> str:
        """The verb of the sentence."""
        if self.dimension == Dimension.NETWORK:
            words = gettext("came from one network (%(key)s)")
        elif self.dimension == Dimension.DOMAIN:
            words = gettext("have mail addresses at %(key)s")
        elif self.dimension == Dimension.COUNTRY:
            words = gettext("name the country %(key)s")
        elif self.dimension == Dimension.DELAY:
            return gettext("were confirmed %(key)s") % {"key": Delay(self.key).label}
        elif self.dimension == Dimension.LANGUAGE:
            words = gettext("were written in a language that is rare in their country (%(key)s)")
        elif self.key == SAME_NAME:
            return gettext("bear a name that many others bear")
        else:
            return gettext("bear a name %(key)s") % {"key": NamePattern(self.key).label}
        return words % {"key": self.key}

    @property
    def criteria(self) -> dict[str, Any]:
        """With which an invalidation of these begins: what is shared, from that hour on."""
        since = localtime(self.hour).strftime("%Y-%m-%dT%H:%M")
        asks: dict[str, Any] = {"petition": self.petition_id, "signed_from": since}
        if self.dimension == Dimension.NETWORK:
            asks["network_hash"] = self.key
        elif self.dimension == Dimension.DOMAIN:
            asks["mail_domain"] = self.key
        elif self.dimension in (Dimension.COUNTRY, Dimension.LANGUAGE):
            asks["country"] = self.key.rpartition("-")[2]
        elif self.dimension == Dimension.NAME and self.key in NamePattern:
            asks["name_pattern"] = self.key
        elif self.dimension == Dimension.DELAY and self.key != Delay.LATER:
            asks["delay_below"] = self.key
        return asks


# How long counts, findings and the network of a signature are kept. The privacy page says so.
TRENDS_KEPT = timedelta(days=30)
