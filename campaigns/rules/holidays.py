"""Public holidays of countries and of their regions, as far as they are known."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

import holidays


@lru_cache(maxsize=256)
def regions_with_holidays(country: str) -> tuple[str, ...]:
    """Codes of a country's regions (ISO 3166-2, without the country) that keep holidays of their own."""
    return tuple(holidays.list_supported_countries().get(country, ()))


@lru_cache(maxsize=512)
def region_names(country: str, region: str) -> tuple[str, ...]:
    """A region's names as far as the same library knows them: `California` for CA."""
    if region not in regions_with_holidays(country):
        return ()
    aliases = holidays.country_holidays(country).subdivisions_aliases
    return tuple(name for name, code in aliases.items() if code == region)


@lru_cache(maxsize=512)
def public_holidays(place: str, year: int, language: str) -> tuple[str, Mapping[date, str]]:
    """Of a place such as `IT` or `IT-MI`, with the language of their names: the wanted one, English, or its own."""
    country, _dash, region = place.partition("-")
    subdivision = region if region in regions_with_holidays(country) else None
    try:
        known = holidays.country_holidays(country, subdiv=subdivision, years=year)
    except NotImplementedError:
        return "", {}
    wanted = [tag for tag in known.supported_languages if tag.split("_")[0] == language.split("-")[0]]
    english = [tag for tag in known.supported_languages if tag.startswith("en")]
    chosen = next(iter([*wanted, *english]), known.default_language)
    named = holidays.country_holidays(country, subdiv=subdivision, years=year, language=chosen)
    return (chosen or "en").replace("_", "-"), dict(named)
