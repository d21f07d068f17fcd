"""Which spellings count for which place. Counts by city stay as they are written; this says how they are summed.

So a spelling that is adopted or taken away recounts all its signatures in the moment of the commit, exactly: nothing
is moved, and no signature is touched.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import connection, transaction
from django.db.models import OuterRef, Subquery

from .models import Count, Place, Spelling, SpellingRound
from .models.staff import act_by
from .places import KnownPlace, KnownPlaces, city_key

# Some 50 µs each.
COUNTS_A_ROUND = 5000
# Below this a spelling may be one person's words.
SHOWN_FROM = 2

Source = Spelling.Source

UNMATCHED_SQL = """
    SELECT substr(written.key, 4), SUM(written.count)
    FROM petitions_count AS written
    WHERE written.petition_id = ANY(%(petitions)s) AND written.dimension = 'city'
        AND starts_with(written.key, %(country)s || ':')
        AND NOT EXISTS (SELECT FROM petitions_spelling AS known
            WHERE known.country = %(country)s AND known.key = substr(written.key, 4) AND known.is_counted)
    GROUP BY 1 HAVING SUM(written.count) >= %(shown_from)s ORDER BY 2 DESC, 1 LIMIT %(at_most)s
"""

# What staff adopted is shown whoever wrote it: they have seen it before.
COUNTED_SQL = """
    SELECT spelling.key, SUM(written.count), spelling.source = 'adopted'
    FROM petitions_spelling AS spelling
    JOIN petitions_count AS written ON written.petition_id = ANY(%(petitions)s) AND written.dimension = 'city'
        AND written.key = spelling.country || ':' || spelling.key
    WHERE spelling.place_id = %(place)s AND spelling.is_counted AND spelling.source <> 'name'
    GROUP BY spelling.id HAVING SUM(written.count) >= %(shown_from)s OR spelling.source = 'adopted'
    ORDER BY 2 DESC, 1 LIMIT %(at_most)s
"""


@dataclass(frozen=True)
class Written:
    """A spelling, and how many have signed with it."""

    key: str
    count: int
    is_adopted: bool = False


def place_of_signature(path: str = "") -> Subquery:
    """The key of the place that counts a signature, or NULL; `path` leads to the signature, as `signature__`."""
    spellings = Spelling.objects.filter(
        is_counted=True, country=OuterRef(f"{path}country"), key=OuterRef(f"{path}city_key")
    )
    return Subquery(spellings.values("place_id")[:1])


def settle(place: Place, *, names: Iterable[str], beside: Iterable[str] = ()) -> Place:
    """Store a new or changed place with all its names; what signers wrote is read anew with them, by the worker.

    A name that another place of the country counts already stays there: first come, until staff decide.
    """
    keys = {key for name in names if (key := city_key(name))}
    place.beside = "\n".join(sorted({key for words in beside if (key := city_key(words))}))
    with transaction.atomic():
        _round(read_up_to=0)
        place.save()
        mine = Spelling.objects.filter(place=place)
        mine.exclude(country=place.country).delete()
        # What the rule read by the names of before is read again; what staff decided stays.
        mine.filter(source=Source.RULE, is_counted=True).delete()
        mine.filter(source=Source.NAME).exclude(key__in=keys).delete()
        there = Spelling.objects.filter(country=place.country, key__in=keys)
        there.filter(source=Source.RULE).delete()
        taken = set(there.filter(is_counted=True).exclude(place=place).values_list("key", flat=True))
        mine.filter(source=Source.NAME, key__in=keys - taken).update(is_counted=True)
        known = set(mine.values_list("key", flat=True))
        Spelling.objects.bulk_create(
            Spelling(place=place, country=place.country, key=key, source=Source.NAME, is_counted=key not in taken)
            for key in sorted(keys - known)
        )
    return place


def adopt(place: Place, key: str, actor: AbstractBaseUser) -> bool:
    """Count a spelling for a place from now on, with all who have signed so. False where a place counts it already."""
    with transaction.atomic():
        _round()
        if Spelling.objects.filter(country=place.country, key=key, is_counted=True).exists():
            return False
        spelling, _is_new = Spelling.objects.update_or_create(
            place=place, key=key, defaults={"country": place.country, "source": Source.ADOPTED, "is_counted": True}
        )
        act_by(actor, "adopt", spelling, f"{key} → {place}"[:300]).save()
    return True


def take_away(place: Place, key: str, actor: AbstractBaseUser) -> bool:
    """Undo `adopt`, or what the rule read. A name of the city stays, as long as it is one."""
    with transaction.atomic():
        _round()
        spelling = Spelling.objects.filter(place=place, key=key, is_counted=True).exclude(source=Source.NAME).first()
        if spelling is None:
            return False
        spelling.is_counted = False
        spelling.save(update_fields=["is_counted"])
        act_by(actor, "take away", spelling, f"{key} → {place}"[:300]).save()
    return True


def read_new() -> int:
    """Read what signers have newly written by the rule; how many counts were looked at.

    Roll-ups stand in line, so counts appear in the order of their keys, and none is passed over.
    """
    with transaction.atomic():
        last = SpellingRound.objects.select_for_update(skip_locked=True).first()
        if last is None:
            return 0
        counts = Count.objects.filter(pk__gt=last.read_up_to, dimension=Count.Dimension.CITY).order_by("pk")
        rows = list(counts.values_list("pk", "key")[:COUNTS_A_ROUND])
        if not rows:
            return 0
        _read({(key[:2], key[3:]) for _pk, key in rows})
        last.read_up_to = rows[-1][0]
        last.save(update_fields=["read_up_to"])
    return len(rows)


def _read(written: set[tuple[str, str]]) -> None:
    known = Spelling.objects.filter(key__in={key for _country, key in written}).values_list("country", "key")
    places = _known_places()
    found = [
        Spelling(place_id=place, country=country, key=key, source=Source.RULE)
        for country, key in sorted(written - set(known))
        if (place := places.meant(country, key))
    ]
    Spelling.objects.bulk_create(found, ignore_conflicts=True)


def _known_places() -> KnownPlaces:
    names: dict[int, set[str]] = {}
    for place_id, key in Spelling.objects.filter(source=Source.NAME).values_list("place_id", "key"):
        names.setdefault(place_id, set()).add(key)
    return KnownPlaces(
        KnownPlace(
            place.pk, str(place.country), frozenset(names.get(place.pk, ())), frozenset(place.beside.split("\n"))
        )
        for place in Place.objects.all()
    )


def unmatched(place: Place, petition_ids: Iterable[int], at_most: int = 200) -> list[Written]:
    """What signers of these petitions in the place's country wrote most often and no place counts."""
    return _written(UNMATCHED_SQL, place, petition_ids, at_most)


def counted(place: Place, petition_ids: Iterable[int], at_most: int = 200) -> list[Written]:
    """What they wrote most often and is counted for the place without being one of its names."""
    return _written(COUNTED_SQL, place, petition_ids, at_most)


def _written(sql: str, place: Place, petition_ids: Iterable[int], at_most: int) -> list[Written]:
    values: dict[str, Any] = {
        "place": place.pk,
        "country": str(place.country),
        "petitions": list(petition_ids),
        "shown_from": SHOWN_FROM,
        "at_most": at_most,
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [Written(*row) for row in cursor.fetchall()]


def _round(**changes: int) -> None:
    """Lock the one row, so that the worker does not read by names that change at this moment."""
    SpellingRound.objects.get_or_create(pk=1)
    SpellingRound.objects.select_for_update().get(pk=1)
    if changes:
        SpellingRound.objects.filter(pk=1).update(**changes)
