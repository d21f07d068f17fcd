"""Times on the pages of one thing: shown and typed by the clock of the place it is about, whose name stands beside."""

from collections.abc import Callable
from datetime import UTC, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Field
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..keyset import parsed_key

# Far beyond these, another zone's clock shows a day that no calendar has.
FIRST_YEAR, LAST_YEAR = 1900, 2200


def zone_called(name: str | None) -> tzinfo:
    """UTC where there is none, or none that this computer knows."""
    try:
        return ZoneInfo(name) if name else UTC
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def by_the_clock_of(name: str | None, moment: datetime | None) -> SafeString | str:
    """For lists, where each row may have another zone: the time, and whose."""
    if moment is None:
        return "–"
    local = timezone.localtime(moment, zone_called(name))
    shown = date_format(local, "DATETIME_FORMAT")
    return format_html('{} <small class="zone">{}</small>', shown, str(local.tzinfo))


def _here() -> str:
    now = time_format(timezone.localtime(), "TIME_FORMAT")
    return gettext("%(zone)s, now %(time)s") % {"zone": timezone.get_current_timezone_name(), "time": now}


# Said when the page is rendered, which is when its zone is known.
here = lazy(_here, str)


class ZonedField(forms.SplitDateTimeField):
    """A time that was not touched is not read anew: of an hour that comes twice it stays the one it was."""

    def _clean_bound_field(self, bound: Any) -> Any:
        if bound.initial is not None and not self.has_changed(bound.initial, bound.data):
            return bound.initial
        return super()._clean_bound_field(bound)  # type: ignore[misc]

    def compress(self, data_list: Any) -> Any:
        if data_list and data_list[0] and not FIRST_YEAR <= data_list[0].year <= LAST_YEAR:
            raise ValidationError(_("Choose a year between 1900 and 2200."), code="year")
        try:
            return super().compress(data_list)
        except ValidationError as error:
            if error.code != "ambiguous_timezone":
                raise
            words = _(
                "The clocks are changed then: this time comes twice, or not at all. Choose an hour before or after."
            )
            raise ValidationError(words, code="clocks_changed") from error


class ZonedAdmin(admin.ModelAdmin):
    """Stands before the other bases: all of a page, its saving and its messages are of one zone."""

    def zone_of(self, key: int) -> str | None:
        """The name of the zone of the row with this key."""
        raise NotImplementedError

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        if isinstance(db_field, models.DateTimeField):
            kwargs["form_class"] = ZonedField
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(field, ZonedField):
            field.help_text = here()
        return field

    def changeform_view(self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any) -> Any:
        return self.in_zone(object_id, super().changeform_view, request, object_id, *args, **kwargs)

    def history_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> Any:
        return self.in_zone(object_id, super().history_view, request, object_id, *args, **kwargs)

    def in_zone(self, key: str | None, view: Callable[..., HttpResponse], *args: Any, **kwargs: Any) -> HttpResponse:
        """Rendered here, for Django renders only after the view."""
        number = parsed_key(key)
        with timezone.override(zone_called(self.zone_of(number) if number else None)):
            response = view(*args, **kwargs)
            if hasattr(response, "render"):
                response.render()
        return response
