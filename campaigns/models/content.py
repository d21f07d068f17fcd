"""What stands around the story: media, evidence and updates."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from petitions.languages import (
    Text,
    is_known_tag,
    language_name,
    normalized_tag,
    one_per_language,
    validate_language_tags,
)

from ..rules.placeholders import validate_placeholders
from .contents import Content
from .stories import one_owner


class Media(Content):
    """A picture, or a link to a film with a picture that stands for it. Nothing is loaded from other sites."""

    name = models.CharField(_("name"), max_length=100, help_text=_("For organizers."))
    image = models.ImageField(
        _("picture"),
        upload_to="campaigns/",
        width_field="width",
        height_field="height",
        blank=True,
        help_text=_("JPEG, PNG or WebP. The place where it was taken is removed from the file."),
    )
    width = models.PositiveIntegerField(null=True, blank=True, editable=False)
    height = models.PositiveIntegerField(null=True, blank=True, editable=False)
    video_url = models.URLField(
        _("film"), max_length=500, blank=True, help_text=_("A link; it is opened on its own site.")
    )
    credit = models.CharField(_("credit"), max_length=150, help_text=_("Who made it, and the licence."))
    is_graphic = models.BooleanField(
        _("hard to look at"), default=False, help_text=_("Readers see it only after they opened a warning.")
    )
    is_hero = models.BooleanField(
        _("at the top"),
        default=False,
        db_default=False,
        help_text=_(
            "The one picture under the headline. It also stands on the campaign’s card and where its link is shared. "
            "A face that looks back speaks best. A campaign’s own comes before its story’s."
        ),
    )
    # The picture in smaller widths and lighter formats, and the name of the picture that they were made from.
    renditions = models.JSONField(default=list, db_default=[], blank=True, editable=False)
    renditions_of = models.CharField(max_length=100, default="", db_default="", blank=True, editable=False)
    renditions_claimed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("picture or film")
        verbose_name_plural = _("pictures and films")
        default_related_name = "media"
        ordering = ["position", "pk"]
        constraints = [
            one_owner("media"),
            models.CheckConstraint(
                condition=~Q(image="") | ~Q(video_url=""),
                name="media_shows_something",
                violation_error_message=_("Add a picture or a link to a film."),
            ),
            models.UniqueConstraint(
                fields=["campaign"],
                condition=Q(is_hero=True),
                name="media_one_hero_a_campaign",
                violation_error_message=_("This campaign has another picture at the top. Take that one down first."),
            ),
            models.UniqueConstraint(
                fields=["story"],
                condition=Q(is_hero=True),
                name="media_one_hero_a_story",
                violation_error_message=_("This story has another picture at the top. Take that one down first."),
            ),
            models.CheckConstraint(
                condition=Q(is_hero=False) | Q(is_graphic=False),
                name="media_hero_is_bearable",
                violation_error_message=_("What is hard to look at cannot stand at the top: nobody could look away."),
            ),
            models.CheckConstraint(
                condition=Q(is_hero=False) | ~Q(image=""),
                name="media_hero_is_a_picture",
                violation_error_message=_("Only a picture can stand at the top. Add one, or choose another."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def renditions_like(self, mime: str) -> list[dict[str, Any]]:
        """Those of one format, the narrowest first; none while they are of a picture that was here before."""
        if self.renditions_of != self.image.name:
            return []
        return sorted((each for each in self.renditions if each["type"] == mime), key=lambda each: each["width"])


class MediaText(Text):
    media = models.ForeignKey(Media, on_delete=models.CASCADE, related_name="texts")
    alt = models.CharField(
        _("alternative text"), max_length=300, help_text=_("What one sees, for those who do not see it.")
    )
    caption = models.CharField(_("caption"), max_length=300, blank=True, validators=[validate_placeholders])
    warning = models.CharField(
        _("warning"),
        max_length=200,
        blank=True,
        help_text=_("For what is hard to look at: what it shows, said before it opens."),
    )

    class Meta:
        verbose_name = _("text")
        verbose_name_plural = _("texts")
        ordering = ["language"]
        constraints = [
            one_per_language("media", "mediatext_one_per_language"),
        ]

    def clean(self) -> None:
        media = getattr(self, "media", None)
        if media and media.is_graphic and not self.warning:
            raise ValidationError({"warning": _("Say what it shows before it opens.")})


class Evidence(Content):
    class Kind(models.TextChoices):
        LAW = "law", _("Law")
        REPORT = "report", _("Report")
        SEARCH = "search", _("Search")
        LETTER = "letter", _("Letter")
        RECORD = "record", _("Record")
        PRESS = "press", _("Press")
        FILM = "film", _("Film")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    url = models.URLField(_("link"), max_length=500, blank=True)
    source = models.CharField(_("source"), max_length=150, help_text=_("Who says so."))
    dated_on = models.DateField(_("date"), help_text=_("When it was published or seen."))
    source_languages = models.CharField(
        _("in the languages"),
        max_length=60,
        blank=True,
        validators=[validate_language_tags],
        help_text=_("Language codes of the source, such as ko en."),
    )

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        default_related_name = "evidence"
        ordering = ["position", "pk"]
        constraints = [one_owner("evidence")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.source}"

    @property
    def languages(self) -> list[tuple[str, str]]:
        """Tags and own names of the source's languages."""
        tags = self.source_languages.replace(",", " ").split()
        return [(normalized_tag(tag), language_name(normalized_tag(tag))) for tag in tags if is_known_tag(tag)]


class EvidenceText(Text):
    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="texts")
    claim = models.CharField(_("claim"), max_length=300, validators=[validate_placeholders])

    class Meta:
        verbose_name = _("text")
        verbose_name_plural = _("texts")
        ordering = ["language"]
        constraints = [
            one_per_language("evidence", "evidencetext_one_per_language"),
        ]


class Update(Content):
    published_at = models.DateTimeField(_("published"), default=timezone.now, help_text=_("Shown from then on."))
    changes_story = models.BooleanField(
        _("changes the story"),
        default=False,
        db_default=False,
        help_text=_("Shown at the top of the page until a newer one."),
    )

    class Meta:
        verbose_name = _("update")
        verbose_name_plural = _("updates")
        default_related_name = "updates"
        ordering = ["-published_at", "-pk"]
        constraints = [one_owner("update")]

    def __str__(self) -> str:
        return f"{self.published_at:%Y-%m-%d}"


class UpdateText(Text):
    update = models.ForeignKey(Update, on_delete=models.CASCADE, related_name="texts")
    title = models.CharField(_("title"), max_length=160, validators=[validate_placeholders])
    body = models.TextField(_("text"), max_length=10_000, validators=[validate_placeholders], help_text=_("Markdown."))

    class Meta:
        verbose_name = _("text")
        verbose_name_plural = _("texts")
        ordering = ["language"]
        constraints = [
            one_per_language("update", "updatetext_one_per_language"),
        ]
