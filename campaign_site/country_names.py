"""What countries and territories are called: by CLDR, in each reader's language.

Everything that django-countries shows comes through here, so that lists, pages and letters use one name.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django_countries.data import COUNTRIES

# ISO 3166 has no code for Kosovo; CLDR, telephones and posts use this one.
BESIDE_ISO = ("XK",)
# CLDR names these as governments do; here is what people who live there write on an envelope.
AS_PEOPLE_SAY = {"HK": _("Hong Kong"), "MO": _("Macao"), "PS": _("Palestine")}


def _cldr_name(country: str) -> str:
    # Settings are read before any app is.
    from petitions.languages import locale_of, reader_language

    territories: Mapping[str, str] = locale_of(reader_language()).territories
    return territories.get(country) or locale_of("en").territories[country]


def country_names() -> dict[str, Any]:
    """For COUNTRIES_OVERRIDE: each code with a name that is looked up when it is shown."""
    name = lazy(_cldr_name, str)
    return {code: name(code) for code in (*COUNTRIES, *BESIDE_ISO)} | AS_PEOPLE_SAY
