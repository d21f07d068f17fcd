"""The map of pairs: an arc from each asked city to its sister city."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import dist

from django_countries import countries

from ..models import City
from ..reading.page import CampaignPage

# Equirectangular from 20° W eastward to 322° E (the Pacific stays whole), 68° N to 36° S.
WIDTH, HEIGHT = 1000, 400
WEST, EAST, NORTH, SOUTH = -20.0, 322.0, 68.0, -36.0

Point = tuple[float, float]


@dataclass(frozen=True)
class Arc:
    """Two halves of one curve, with the places of its ends."""

    asked: str
    other: str
    other_country: str
    url: str
    here_path: str
    there_path: str
    here: Point
    there: Point


def _project(city: City) -> Point:
    longitude = float(city.longitude)
    if longitude < WEST:
        longitude += 360
    x = (longitude - WEST) / (EAST - WEST) * WIDTH
    y = (NORTH - float(city.latitude)) / (NORTH - SOUTH) * HEIGHT
    return round(x, 1), round(y, 1)


def _middle(a: Point, b: Point) -> Point:
    return round((a[0] + b[0]) / 2, 1), round((a[1] + b[1]) / 2, 1)


def _quadratic(start: Point, control: Point, end: Point) -> str:
    return f"M{start[0]} {start[1]}Q{control[0]} {control[1]} {end[0]} {end[1]}"


def _arc(page: CampaignPage) -> Arc:
    here, there = _project(page.campaign.asked_city), _project(page.campaign.other_city)
    flat = _middle(here, there)
    control = (flat[0], round(max(8.0, flat[1] - abs(here[0] - there[0]) * 0.28), 1))
    # De Casteljau at one half: two curves that together are the one, so that each may have its tone.
    first, second = _middle(here, control), _middle(control, there)
    top = _middle(first, second)
    return Arc(
        asked=page.asked,
        other=page.other,
        other_country=countries.name(str(page.campaign.other_city.country)),
        url=page.url,
        here_path=_quadratic(here, first, top),
        there_path=_quadratic(top, second, there),
        here=here,
        there=there,
    )


def arcs(pages: Iterable[CampaignPage]) -> list[Arc]:
    return [_arc(page) for page in pages]


@dataclass(frozen=True)
class Place:
    """A city on the map, once, however many arcs meet there; its label is blank where there is no room for one."""

    name: str
    tone: str
    point: Point
    label: str
    label_point: Point
    anchor: str


Box = tuple[float, float, float, float]
# Sizes in the units of the map. Cities nearer to each other than CROWD share the label of their country.
LINE, WIDE_LETTER, LETTER, CROWD = 22.0, 20.0, 11.5, 30.0


def _candidates(point: Point, width: float) -> Iterable[tuple[Point, str, Box]]:
    """Where a label may stand: below its city, then beside it, then above."""
    x, y = point
    for anchor, at in (
        ("middle", (x, y + 28)),
        ("end", (x - 13, y + 7)),
        ("start", (x + 13, y + 7)),
        ("middle", (x, y - 14)),
    ):
        left = {"middle": at[0] - width / 2, "end": at[0] - width, "start": at[0]}[anchor]
        yield (round(at[0], 1), round(at[1], 1)), anchor, (left, at[1] - LINE + 4, left + width, at[1] + 5)


def _is_free(box: Box, taken: Iterable[Box]) -> bool:
    inside = box[0] >= 0 and box[2] <= WIDTH and box[1] >= 0 and box[3] <= HEIGHT
    return inside and not any(
        box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3] for other in taken
    )


def _other_label(arc: Arc, arcs: Iterable[Arc]) -> str:
    crowded = any(other.other != arc.other and dist(other.there, arc.there) < CROWD for other in arcs)
    return arc.other_country if crowded else arc.other


def places(arcs: Sequence[Arc]) -> list[Place]:
    """Cities of the map, the asked ones first, so that they get their labels before the others."""
    cities = {arc.asked: (arc.here, "here", arc.asked) for arc in arcs}
    for arc in arcs:
        cities.setdefault(arc.other, (arc.there, "there", _other_label(arc, arcs)))
    taken: list[Box] = [(x - 8, y - 8, x + 8, y + 8) for (x, y), _tone, _label in cities.values()]
    found: list[Place] = []
    for name, (point, tone, wanted) in cities.items():
        label, label_point, anchor = "", point, "middle"
        width = sum(WIDE_LETTER if ord(letter) > 0x2E80 else LETTER for letter in wanted)
        free = next((at for at in _candidates(point, width) if _is_free(at[2], taken)), None)
        if free and wanted not in (place.label for place in found):
            label, (label_point, anchor, box) = wanted, free
            taken.append(box)
        found.append(Place(name, tone, point, label, label_point, anchor))
    return found
