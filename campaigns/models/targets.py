"""Targets: people in office, and how to reach them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from petitions.languages import LanguageField, Text, best_text, one_per_language, reader_language

from ..rules.contacts import validate_contact
from .cities import City


class Target(models.Model):
    name = models.CharField(
        _("name"),
        max_length=120,
        blank=True,
        help_text=_("In Latin letters. Empty where only the office is known."),
    )
    native_name = models.CharField(
        _("native name"), max_length=120, blank=True, help_text=_("In their own script: 권영진.")
    )
    native_language = LanguageField(_("native language"), blank=True)
    city = models.ForeignKey(City, on_delete=models.PROTECT, related_name="targets", verbose_name=_("city"))
    closes_on_holidays = models.BooleanField(
        _("closed on public holidays"),
        default=True,
        db_default=True,
        help_text=_("The public holidays of its country are known; add other days below."),
    )
    verified_on = models.DateField(
        _("last verified"), null=True, blank=True, help_text=_("The day somebody last checked all contacts below.")
    )
    source = models.CharField(
        _("source"),
        max_length=300,
        blank=True,
        default="",
        db_default="",
        help_text=_("Where the contacts were found: a page, or who said so."),
    )

    # Filled by reading.loading, or by `Prefetch(…, to_attr=…)`.
    loaded_texts: list["TargetText"]
    loaded_contacts: list["Contact"]

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["city__slug", "name", "pk"]

    def __str__(self) -> str:
        """A person; else the office, where its texts were loaded: lists of targets ask for no row twice."""
        if self.name:
            return self.name
        text = best_text(getattr(self, "loaded_texts", ()), reader_language())
        if text is None:
            return f"{self.city} #{self.pk}"
        city = self.city.slug.replace("-", " ").title()
        return text.office if city in text.office else f"{text.office}, {city}"


class TargetText(Text):
    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="texts")
    office = models.CharField(_("office"), max_length=150, help_text=_("Mayor of Milan."))
    salutation = models.CharField(
        _("salutation"),
        max_length=150,
        blank=True,
        help_text=_("How a letter begins in this language: Dear Mayor Sala,"),
    )

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        ordering = ["language"]
        constraints = [
            one_per_language("target", "targettext_one_per_language"),
        ]


class Contact(models.Model):
    class Kind(models.TextChoices):
        EMAIL = "email", _("E-mail")
        TELEPHONE = "telephone", _("Telephone")
        FAX = "fax", _("Fax")
        POST = "post", _("Postal address")
        WEB = "web", _("Web page")
        FACEBOOK = "facebook", _("Facebook")
        X = "x", _("X (Twitter)")
        INSTAGRAM = "instagram", _("Instagram")
        SOCIAL = "social", _("Other social page")

    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="contacts")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    value = models.TextField(
        _("value"),
        max_length=500,
        help_text=_("An address, a number, a page, or the lines of a postal address as they stand on an envelope."),
    )
    language = LanguageField(
        blank=True,
        help_text=_("For a postal address: the language it is written in. Write one in each script."),
    )
    position = models.PositiveSmallIntegerField(_("place"), default=0)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.value.splitlines()[0] if self.value else ''}"

    def clean(self) -> None:
        if self.kind and self.value:
            # A target that is being added may not have its city yet.
            country = str(self.target.city.country) if self.target.city_id else ""
            validate_contact(self.kind, self.value, country)
