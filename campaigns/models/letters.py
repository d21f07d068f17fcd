"""Suggested letters and posts: words that supporters send themselves."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from petitions.languages import LanguageField, Text, direction, language_name, one_per_language
from petitions.links import absolute
from petitions.loading import loaded

from ..rules.networks import ANY, NETWORKS
from ..rules.placeholders import fill, validate_placeholders
from .contents import Content
from .stories import one_owner


class Letter(Content):
    own_takes_the_place = True

    name = models.CharField(_("name"), max_length=100, help_text=_("For organizers: Letter to the Mayor."))

    class Meta:
        verbose_name = _("suggested letter")
        verbose_name_plural = _("suggested letters")
        default_related_name = "letters"
        ordering = ["position", "pk"]
        constraints = [one_owner("letter")]

    def __str__(self) -> str:
        return self.name


class LetterText(Text):
    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="texts")
    subject = models.CharField(_("subject"), max_length=250, validators=[validate_placeholders])
    body = models.TextField(
        _("letter"),
        max_length=20_000,
        validators=[validate_placeholders],
        help_text=_("Plain text; an empty line parts two paragraphs."),
    )

    class Meta:
        verbose_name = _("text")
        verbose_name_plural = _("texts")
        ordering = ["language"]
        constraints = [
            one_per_language("letter", "lettertext_one_per_language"),
        ]


class Post(Content):
    own_takes_the_place = True
    has_texts = False

    network = models.CharField(
        _("network"),
        max_length=10,
        choices=[(ANY, _("any network")), *((each.key, each.name) for each in NETWORKS.values())],
        default=ANY,
    )
    language = LanguageField()
    text = models.TextField(_("post"), max_length=1000, validators=[validate_placeholders])

    class Meta:
        verbose_name = _("suggested post")
        verbose_name_plural = _("suggested posts")
        default_related_name = "posts"
        ordering = ["position", "pk"]
        constraints = [one_owner("post")]

    def __str__(self) -> str:
        return self.text[:60]

    def clean(self) -> None:
        """A post that names its network fits there."""
        network = NETWORKS.get(self.network)
        if network and (excess := network.excess(self.text_as_known())):
            message = ngettext(
                "%(excess)d character too long for %(network)s.",
                "%(excess)d characters too long for %(network)s.",
                excess,
            )
            raise ValidationError({"text": message % {"excess": excess, "network": network.name}}, code="too_long")

    def text_as_known(self) -> str:
        """The text with those placeholders filled whose values its own campaign holds; a story's posts have none."""
        values = {"campaign_url": absolute(reverse("campaigns:campaigns"))}
        if self.campaign:
            prefetch_related_objects([self.campaign.asked_city, self.campaign.other_city], loaded("names"))
            values = {
                "campaign_url": absolute(self.campaign.get_absolute_url()),
                "asked_city": self.campaign.asked_city.name_in(self.language),
                "other_city": self.campaign.other_city.name_in(self.language),
                "year": str(self.campaign.twinned_in),
            }
        return fill(self.text, values)

    @property
    def direction(self) -> str:
        return direction(self.language)

    @property
    def language_name(self) -> str:
        return language_name(self.language)
