import django.db.models.deletion
from django.db import migrations, models


def settle(apps, schema_editor):
    """As `studio.naming.settle_names` does from now on. What signers wrote is read by the worker afterwards."""
    from campaigns.rules.holidays import region_names
    from petitions.places import city_key

    City, Place, Spelling, SpellingRound = (
        apps.get_model(name)
        for name in ("campaigns.City", "petitions.Place", "petitions.Spelling", "petitions.SpellingRound")
    )
    SpellingRound.objects.get_or_create(pk=1)
    taken = set()
    for city in City.objects.order_by("pk"):
        country = str(city.country)
        beside = {city_key(words) for words in (city.region, *region_names(country, city.region))} - {""}
        place = Place.objects.create(name=city.native_name, country=country, beside="\n".join(sorted(beside)))
        names = {city.native_name, city.slug.replace("-", " ")}
        for name in city.names.all():
            names.update([name.name, *name.also_written.splitlines()])
        keys = {city_key(name) for name in names} - {""}
        Spelling.objects.bulk_create(
            Spelling(place=place, country=country, key=key, source="name", is_counted=(country, key) not in taken)
            for key in sorted(keys)
        )
        taken.update((country, key) for key in keys)
        City.objects.filter(pk=city.pk).update(place=place)


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0015_friends_asked"),
        ("petitions", "0015_places"),
    ]
    operations = [
        migrations.AddField(
            model_name="city",
            name="place",
            field=models.OneToOneField(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="petitions.place",
            ),
        ),
        migrations.RunPython(settle, migrations.RunPython.noop),
    ]
