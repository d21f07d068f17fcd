"""Round numbers on the way to a goal."""

# Near enough to be reached by those who read, far enough not to be passed while they do.
STEPS = (10, 15, 20, 30, 40, 50, 75)


def next_milestone(count: int, goal: int) -> int | None:
    """The first round number above `count`; the goal itself where none comes before it, None past the goal."""
    if count >= goal:
        return None
    scale = 1
    while True:
        for step in STEPS:
            if step * scale > count:
                return min(step * scale, goal)
        scale *= 10


def last_milestone(count: int, goal: int) -> int:
    """The last round number, or the goal, that was reached; 0 before the first."""
    reached = [goal] if count >= goal else []
    scale = 1
    while STEPS[0] * scale <= count:
        reached += [step * scale for step in STEPS if step * scale <= count]
        scale *= 10
    return max(reached, default=0)
