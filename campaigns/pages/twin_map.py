"""The map of pairs: an arc from each asked city to its sister city, and what is written beside them."""

from collections.abc import Sequence
from dataclasses import dataclass

from ..models import City
from ..reading.page import CampaignPage
from .map_labels import Label, Point, Spot, labels

# Equirectangular from 20° W eastward to 322° E (the Pacific stays whole), 68° N to 36° S.
WIDTH, HEIGHT = 1000.0, 400.0
WEST, EAST, NORTH, SOUTH = -20.0, 322.0, 68.0, -36.0
# What lies in the gap between the edges, or beyond them, stands at the nearer one.
GAP_MIDDLE = (WEST + EAST - 360) / 2
EDGE = 10.0
# How far a curve rises for its width, and into how many pieces it is cut to see where it runs.
RISE, PIECES = 0.28, 32


@dataclass(frozen=True)
class Arc:
    """Two halves of one curve, so that each may have its tone."""

    here_path: str
    there_path: str


@dataclass(frozen=True)
class TwinMap:
    arcs: list[Arc]
    spots: list[Spot]
    labels: list[Label]


def twin_map(pages: Sequence[CampaignPage]) -> TwinMap:
    curves = [_curve(page.campaign.asked_city, page.campaign.other_city) for page in pages]
    spots = _spots(pages)
    passed = [_at(curve, piece / PIECES) for curve in curves for piece in range(PIECES + 1)]
    return TwinMap([_halves(curve) for curve in curves], spots, labels(spots, passed, WIDTH, HEIGHT))


def _spots(pages: Sequence[CampaignPage]) -> list[Spot]:
    """Each city once, however many arcs meet there. One that is asked is drawn so, even if another asks about it."""
    spots: dict[int, Spot] = {}
    for page in pages:
        city = page.campaign.asked_city
        spots.setdefault(city.pk, Spot(page.asked, str(city.country), "here", _project(city)))
    for page in pages:
        city = page.campaign.other_city
        spots.setdefault(city.pk, Spot(page.other, str(city.country), "there", _project(city)))
    return list(spots.values())


def _project(city: City) -> Point:
    longitude = float(city.longitude)
    if longitude < GAP_MIDDLE:
        longitude += 360
    x = (longitude - WEST) / (EAST - WEST) * WIDTH
    y = (NORTH - float(city.latitude)) / (NORTH - SOUTH) * HEIGHT
    return round(min(max(x, EDGE), WIDTH - EDGE), 1), round(min(max(y, EDGE), HEIGHT - EDGE), 1)


Curve = tuple[Point, Point, Point]


def _curve(asked: City, other: City) -> Curve:
    """From the asked city to the other, by way of a point above."""
    here, there = _project(asked), _project(other)
    flat = _middle(here, there)
    return here, (flat[0], round(max(8.0, flat[1] - abs(here[0] - there[0]) * RISE), 1)), there


def _middle(a: Point, b: Point) -> Point:
    return round((a[0] + b[0]) / 2, 1), round((a[1] + b[1]) / 2, 1)


def _at(curve: Curve, share: float) -> Point:
    """The point so far along the curve."""
    start, control, end = curve
    rest = 1 - share
    x, y = (rest * rest * start[i] + 2 * rest * share * control[i] + share * share * end[i] for i in (0, 1))
    return x, y


def _halves(curve: Curve) -> Arc:
    """De Casteljau at one half: two curves that together are the one."""
    here, control, there = curve
    first, second = _middle(here, control), _middle(control, there)
    top = _middle(first, second)
    return Arc(_quadratic(here, first, top), _quadratic(top, second, there))


def _quadratic(start: Point, control: Point, end: Point) -> str:
    return f"M{start[0]} {start[1]}Q{control[0]} {control[1]} {end[0]} {end[1]}"
