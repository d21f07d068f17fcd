"""Cities and what they are called in each language."""

from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from petitions.languages import LanguageField, Text, best_text, one_per_language
from petitions.models import Place

from ..rules.holidays import regions_with_holidays


def validate_time_zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError(_("Write a time zone such as Europe/Rome or Asia/Seoul."), code="time_zone")


class City(models.Model):
    slug = models.SlugField(_("short name"), max_length=60, unique=True)
    native_name = models.CharField(_("native name"), max_length=100, help_text=_("As the city writes itself: 대구."))
    native_language = LanguageField(_("native language"))
    country = CountryField(_("country"))
    region = models.CharField(
        _("region"),
        max_length=12,
        blank=True,
        db_default="",
        default="",
        help_text=_("State, canton or province as its code (MI, BY, CA), for holidays that only it keeps."),
    )
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=7,
        decimal_places=4,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=7,
        decimal_places=4,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    time_zone = models.CharField(_("time zone"), max_length=50, validators=[validate_time_zone])

    # Filled by `naming.settle_names`; empty only where the release before added the city.
    place = models.OneToOneField(Place, on_delete=models.SET_NULL, null=True, editable=False, related_name="+")

    # Filled by reading.loading, or by `loaded("names")`.
    loaded_names: list["CityName"]

    class Meta:
        verbose_name = _("city")
        verbose_name_plural = _("cities")
        ordering = ["slug"]

    def __str__(self) -> str:
        return f"{self.slug.replace('-', ' ').title()} ({self.country})"

    def clean(self) -> None:
        regions = regions_with_holidays(str(self.country))
        if self.region and self.region not in regions:
            message = _("No holidays of this region are known. Known are: %(regions)s.")
            if not regions:
                message = _("No regions of this country have holidays of their own that we know: leave it empty.")
            raise ValidationError({"region": message % {"regions": ", ".join(regions)}}, code="region")

    @property
    def holidays_of(self) -> str:
        """Whose public holidays its offices keep: `IT-MI`."""
        return f"{self.country}-{self.region}" if self.region else str(self.country)

    def name_in(self, language: str) -> str:
        """The name for a reader of `language`; the native one where no name is known."""
        name = best_text(self.loaded_names, language, "en")
        return name.name if name else self.native_name


class CityName(Text):
    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(_("name"), max_length=100)
    also_written = models.TextField(
        _("also written"),
        blank=True,
        max_length=500,
        help_text=_("Other spellings, one a line. Signers who write one of them are counted for this city."),
    )

    class Meta:
        verbose_name = _("name")
        verbose_name_plural = _("names")
        ordering = ["language"]
        constraints = [
            one_per_language("city", "cityname_one_per_language"),
        ]
