"""The thermometer: a bar as long as what is reached, and in it who signed."""

from dataclasses import dataclass

from .milestones import next_milestone

# Below this a segment is no wider than its own outline on a phone.
SMALLEST_SHARE = 1.2
# A label of the tick beyond this would run into that of the goal on a phone, before the other out of the bar.
LABEL_FROM, LABEL_UPTO = 12.0, 68.0


@dataclass(frozen=True)
class Segment:
    """A part of the bar: class, x, width and the x of its end, in per cent with a point whatever the locale."""

    name: str
    x: str
    width: str
    end: str


@dataclass(frozen=True)
class Thermometer:
    """Counts of the asked city, the rest of the world and the other city, against the goal.

    SVG knows no direction of writing: `is_mirrored` draws from right to left.
    """

    asked: int
    world: int
    other: int
    goal: int
    is_mirrored: bool = False

    @classmethod
    def of(cls, *, total: int, asked: int, other: int, goal: int, is_mirrored: bool = False) -> "Thermometer":
        """Parts never add up to more than the total, even while a roll-up is between two statements."""
        asked = min(asked, total)
        other = min(other, total - asked)
        return cls(asked=asked, world=total - asked - other, other=other, goal=goal, is_mirrored=is_mirrored)

    @property
    def total(self) -> int:
        return self.asked + self.world + self.other

    @property
    def is_reached(self) -> bool:
        return self.total >= self.goal

    @property
    def milestone(self) -> int | None:
        """The next round number to reach, at last the goal; None once that is reached."""
        return next_milestone(self.total, self.goal)

    @property
    def to_milestone(self) -> int:
        return (self.milestone or self.total) - self.total

    @property
    def tick(self) -> str:
        """Where the next milestone stands, blank where that is the goal."""
        return self._at(self._tick) if self._tick else ""

    @property
    def has_room_for_label(self) -> bool:
        return LABEL_FROM <= self._tick <= LABEL_UPTO

    @property
    def _tick(self) -> float:
        return 0.0 if self.milestone in (None, self.goal) else self._share(self.milestone or 0)

    @property
    def end(self) -> str:
        """Where the goal stands."""
        return self._at(100)

    def _at(self, position: float) -> str:
        return f"{100 - position if self.is_mirrored else position:.2f}%"

    def _share(self, count: int) -> float:
        """Per cent of the bar; past the goal the bar is the total."""
        return 100 * count / max(self.goal, self.total)

    @property
    def segments(self) -> list[Segment]:
        """In the order of the line: asked city, world, other city.

        Small parts are widened to be seen; the widest part gives way, so that the bar never overflows.
        """
        counts = {"here": self.asked, "world": self.world, "there": self.other}
        shares = {name: max(SMALLEST_SHARE, self._share(count)) for name, count in counts.items() if count}
        surplus = sum(shares.values()) - 100
        if surplus > 0:
            shares[max(shares, key=lambda name: shares[name])] -= surplus
        drawn, start = [], 0.0
        for name, share in shares.items():
            end = start + share
            drawn.append(Segment(name, self._at(end if self.is_mirrored else start), f"{share:.2f}%", self._at(end)))
            start = end
        return drawn
