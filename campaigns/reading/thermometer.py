"""The twin thermometer: it fills from both cities, and the gap is what is missing."""

from dataclasses import dataclass

# Below this a segment is no wider than its own outline on a phone.
SMALLEST_SHARE = 1.2


@dataclass(frozen=True)
class Thermometer:
    """Counts of the asked city, the rest of the world and the other city, against the goal."""

    asked: int
    world: int
    other: int
    goal: int

    @classmethod
    def of(cls, *, total: int, asked: int, other: int, goal: int) -> "Thermometer":
        """Parts never add up to more than the total, even while a roll-up is between two statements."""
        asked = min(asked, total)
        other = min(other, total - asked)
        return cls(asked=asked, world=total - asked - other, other=other, goal=goal)

    @property
    def total(self) -> int:
        return self.asked + self.world + self.other

    @property
    def to_go(self) -> int:
        return max(0, self.goal - self.total)

    @property
    def is_reached(self) -> bool:
        return self.total >= self.goal

    def _share(self, count: int) -> float:
        """Per cent of the bar. Past the goal the bar is the total, and the parts touch."""
        if not count:
            return 0.0
        return max(SMALLEST_SHARE, 100 * count / max(self.goal, self.total))

    @property
    def segments(self) -> list[tuple[str, str, str]]:
        """Class, x and width of each part, in per cent with a point whatever the locale.

        Small parts are widened to be seen; the widest part gives way, so that the bar never overflows.
        """
        shares = {
            "here": self._share(self.asked),
            "world": self._share(self.world),
            "there": self._share(self.other),
        }
        surplus = sum(shares.values()) - 100
        if surplus > 0:
            shares[max(shares, key=lambda name: shares[name])] -= surplus
        starts = {"here": 0.0, "world": shares["here"], "there": 100 - shares["there"]}
        return [(name, f"{starts[name]:.2f}%", f"{share:.2f}%") for name, share in shares.items() if share]
