"""Under which names a city's signers are counted."""

from django.db import transaction

from petitions.models import Place
from petitions.spellings import settle

from ..models import City
from ..rules.holidays import region_names


@transaction.atomic
def settle_names(city: City) -> None:
    """Tell petitions what the city is called. Call it after every change of the city or of its names."""
    names = {city.native_name, city.slug.replace("-", " ")}
    for name in city.names.all():
        names.update([name.name, *name.also_written.splitlines()])
    place = city.place or Place()
    place.name, place.country = city.native_name, city.country
    settle(place, names=names, beside=[city.region, *region_names(str(city.country), city.region)])
    if city.place_id is None:
        city.place = place
        city.save(update_fields=["place"])


@transaction.atomic
def forget_names(city: City) -> None:
    """Delete the city, and with it all that was counted for it: its names are free for another."""
    place = city.place
    city.delete()
    if place:
        place.delete()
