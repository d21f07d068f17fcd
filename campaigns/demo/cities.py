"""The demonstration's cities, with their names in several languages."""

from typing import Any

from ..models import City, CityName
from ..reading.loading import with_city_names
from ..studio.naming import settle_names
from .files import facts


def load_cities() -> dict[str, City]:
    """All cities by short name; those that exist already stay as they are."""
    wanted = facts("cities")
    known = {city.slug: city for city in City.objects.filter(slug__in=wanted)}
    for slug, says in wanted.items():
        if slug not in known:
            known[slug] = _create(slug, says)
    with_city_names(known.values())
    return known


def _create(slug: str, says: dict[str, Any]) -> City:
    plain = {field: value for field, value in says.items() if field not in ("names", "also_written")}
    city = City.objects.create(slug=slug, **plain)
    also_written = says.get("also_written", {})
    CityName.objects.bulk_create(
        CityName(city=city, language=language, name=name, also_written="\n".join(also_written.get(language, [])))
        for language, name in says["names"].items()
    )
    settle_names(city)
    return city
