"""Round numbers on the way to a goal: eighteen from 1,000 to 10,000."""

# Nobody asks for the seventh signature as a milestone.
FIRST = 10


def last_milestone(count: int) -> int:
    """The last round number that was reached: 2,909 is past 2,500."""
    return count - count % _step(count)


def next_milestone(count: int, goal: int) -> int | None:
    """The first round number above `count`: near enough to be reached by those who read.

    The goal itself where none comes before it, None past the goal.
    """
    if count >= goal:
        return None
    return min(max(FIRST, last_milestone(count) + _step(count)), goal)


def _step(count: int) -> int:
    return max(1, 10 ** (len(str(count)) - 1) // 2)
