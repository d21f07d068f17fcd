"""Where names stand on the map: beside their city, inside the frame, and never on one another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import dist
from unicodedata import category, east_asian_width

from django.utils.translation import gettext
from django_countries import countries

Point = tuple[float, float]
Box = tuple[float, float, float, float]

# All in units of the map. Letters of 20 in bold; the widths are rather too wide than too narrow.
LINE, ASCENT, DESCENT = 23.0, 17.0, 5.0
WIDE_LETTER, CAPITAL, LETTER, NARROW_LETTER = 20.0, 14.5, 11.8, 6.5
NARROW_LETTERS = frozenset("ijltfr .,'’-()")
# From the middle of a dot to its name: beside it, above it, below it.
BESIDE, ABOVE, BELOW = 13.0, 14.0, 28.0
DOT = 9.0
MARGIN = 3.0
# Nearer to each other than CROWD, cities of one country are named together; nearer than APART, no eye parts their dots.
CROWD, APART = 26.0, 14.0
MOST_LINES = 3


@dataclass(frozen=True)
class Spot:
    """A city on the map. `side` is `here` where it is asked, `there` where it happens."""

    name: str
    country: str
    side: str
    point: Point


@dataclass(frozen=True)
class Label:
    text: str
    x: float
    y: float
    anchor: str


@dataclass(frozen=True)
class _Block:
    """One or more lines, and the room they take."""

    labels: list[Label]
    box: Box


def labels(spots: Sequence[Spot], passed: Sequence[Point], width: float, height: float) -> list[Label]:
    """Names for as many spots as find room. `passed` are points of the arcs, which names rather avoid."""
    sheet = _Sheet(spots, passed, width, height)
    for crowd in sorted(_crowds(spots), key=lambda crowd: (crowd[0].side, len(crowd))):
        sheet.name(crowd)
    return sheet.labels


def _crowds(spots: Sequence[Spot]) -> list[list[Spot]]:
    """Spots of one side and country that stand in reach of each other, those in the north first."""
    crowds: list[list[Spot]] = []
    for spot in spots:
        near = [crowd for crowd in crowds if any(_are_close(spot, other) for other in crowd)]
        crowds = [crowd for crowd in crowds if crowd not in near]
        crowds.append(sum(near, [spot]))
    return [sorted(crowd, key=lambda spot: (spot.point[1], spot.point[0])) for crowd in crowds]


def _are_close(a: Spot, b: Spot) -> bool:
    return (a.side, a.country) == (b.side, b.country) and dist(a.point, b.point) < CROWD


class _Sheet:
    """What is on the map so far."""

    def __init__(self, spots: Sequence[Spot], passed: Sequence[Point], width: float, height: float) -> None:
        self.labels: list[Label] = []
        self.taken: list[Box] = [_around(spot.point) for spot in spots]
        self.passed = passed
        self.width, self.height = width, height

    def name(self, crowd: list[Spot]) -> None:
        """All names as one block, or each by its own dot, or one line for all, or those that find room."""
        names = [spot.name for spot in crowd]
        if len(crowd) <= MOST_LINES and self._put(crowd, names):
            return
        if _can_be_told_apart(crowd) and self._put_each(crowd):
            return
        if len(crowd) > 1 and self._put(crowd, [_together(crowd)]):
            return
        if _can_be_told_apart(crowd):
            for spot in crowd:
                self._put([spot], [spot.name])

    def _put_each(self, crowd: list[Spot]) -> bool:
        labels, taken = list(self.labels), list(self.taken)
        if all(self._put([spot], [spot.name]) for spot in crowd):
            return True
        self.labels, self.taken = labels, taken
        return False

    def _put(self, crowd: list[Spot], lines: list[str]) -> bool:
        free = [block for block in _blocks(crowd, lines) if self._is_free(block.box)]
        if not free:
            return False
        best = min(free, key=lambda block: sum(_is_inside(point, block.box) for point in self.passed))
        self.labels += best.labels
        self.taken.append(best.box)
        return True

    def _is_free(self, box: Box) -> bool:
        left, top, right, bottom = box
        if left < MARGIN or top < MARGIN or right > self.width - MARGIN or bottom > self.height - MARGIN:
            return False
        return not any(
            left < other[2] and other[0] < right and top < other[3] and other[1] < bottom for other in self.taken
        )


def _blocks(crowd: list[Spot], lines: list[str]) -> Iterator[_Block]:
    """Where the lines may stand around the spots, the best place first."""
    left, top, right, bottom = (
        pick(spot.point[axis] for spot in crowd) for pick, axis in ((min, 0), (min, 1), (max, 0), (max, 1))
    )
    middle, extra = (left + right) / 2, LINE * (len(lines) - 1)
    beside, above, below = (top + bottom) / 2 + 7 - extra / 2, top - ABOVE - extra, bottom + BELOW
    yield _block(lines, "middle", middle, below)
    yield _block(lines, "end", left - BESIDE, beside)
    yield _block(lines, "start", right + BESIDE, beside)
    yield _block(lines, "middle", middle, above)
    for shift in (LINE / 2, -LINE / 2):
        yield _block(lines, "end", left - BESIDE, beside + shift)
        yield _block(lines, "start", right + BESIDE, beside + shift)
    for y in (below, above):
        yield _block(lines, "start", left - DOT, y)
        yield _block(lines, "end", right + DOT, y)


def _block(lines: list[str], anchor: str, x: float, y: float) -> _Block:
    width = max(_width_of(line) for line in lines)
    left = {"middle": x - width / 2, "end": x - width, "start": x}[anchor]
    placed = [Label(line, round(x, 1), round(y + LINE * place, 1), anchor) for place, line in enumerate(lines)]
    return _Block(placed, (left, y - ASCENT, left + width, y + LINE * (len(lines) - 1) + DESCENT))


def _width_of(text: str) -> float:
    return sum(_width_of_letter(letter) for letter in text)


def _width_of_letter(letter: str) -> float:
    if category(letter) in ("Mn", "Me", "Cf"):
        return 0.0
    if east_asian_width(letter) in ("W", "F"):
        return WIDE_LETTER
    if letter in NARROW_LETTERS:
        return NARROW_LETTER
    return CAPITAL if letter.isupper() or letter in "mw" else LETTER


def _can_be_told_apart(crowd: list[Spot]) -> bool:
    return all(dist(one.point, other.point) >= APART for index, one in enumerate(crowd) for other in crowd[index + 1 :])


def _together(crowd: list[Spot]) -> str:
    return gettext("%(number)s cities in %(country)s") % {
        "number": len(crowd),
        "country": countries.name(crowd[0].country),
    }


def _around(point: Point) -> Box:
    return point[0] - DOT, point[1] - DOT, point[0] + DOT, point[1] + DOT


def _is_inside(point: Point, box: Box) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]
