"""The bar that is as long as what is reached."""

import pytest

from campaigns.reading.milestones import last_milestone, next_milestone
from campaigns.reading.thermometer import Thermometer


def number(text):
    return float(text.rstrip("%"))


def widths(thermometer):
    return {part.name: (number(part.x), number(part.width)) for part in thermometer.segments}


def test_parts_add_up_to_the_total():
    thermometer = Thermometer.of(total=1204, asked=412, other=173, goal=2000)
    assert (thermometer.world, thermometer.total) == (619, 1204)


def test_bar_is_as_long_as_what_is_reached():
    bar = widths(Thermometer.of(total=1204, asked=412, other=173, goal=2000))
    assert bar["here"][0] == 0
    assert bar["there"][0] + bar["there"][1] == pytest.approx(60.2, abs=0.02)


def test_parts_follow_each_other():
    bar = widths(Thermometer.of(total=1204, asked=412, other=173, goal=2000))
    assert bar["here"][1] == pytest.approx(bar["world"][0], abs=0.02)
    assert bar["world"][0] + bar["world"][1] == pytest.approx(bar["there"][0], abs=0.02)


def test_right_to_left_bar_begins_at_the_right():
    mirrored = Thermometer.of(total=1204, asked=412, other=173, goal=2000, is_mirrored=True)
    bar = widths(mirrored)
    assert bar["here"][0] + bar["here"][1] == pytest.approx(100)
    assert bar["there"][0] == pytest.approx(39.8, abs=0.02)
    assert (mirrored.end, mirrored.tick) == ("0.00%", "25.00%")


def test_past_the_goal_the_bar_is_full():
    bar = widths(Thermometer.of(total=3000, asked=1000, other=1000, goal=2000))
    assert bar["there"][0] + bar["there"][1] == pytest.approx(100, abs=0.02)


def test_past_the_goal_nothing_is_missing():
    thermometer = Thermometer.of(total=3000, asked=1000, other=1000, goal=2000)
    assert thermometer.is_reached
    assert (thermometer.milestone, thermometer.to_milestone, thermometer.tick) == (None, 0, "")


def test_next_milestone_is_ticked_before_the_goal():
    thermometer = Thermometer.of(total=2909, asked=1119, other=202, goal=5000)
    assert (thermometer.milestone, thermometer.to_milestone, thermometer.tick) == (3000, 91, "60.00%")
    assert thermometer.has_room_for_label


def test_last_stretch_has_no_tick_before_the_goal():
    thermometer = Thermometer.of(total=4600, asked=0, other=0, goal=5000)
    assert (thermometer.milestone, thermometer.tick) == (5000, "")


def test_label_that_would_meet_the_goal_is_left_out():
    assert not Thermometer.of(total=3600, asked=0, other=0, goal=5000).has_room_for_label


def test_single_signature_can_be_seen():
    assert widths(Thermometer.of(total=1, asked=1, other=0, goal=100_000))["here"][1] > 1


def test_small_shares_never_overflow_a_full_bar():
    bar = widths(Thermometer.of(total=100_000, asked=1, other=1, goal=100_000))
    assert sum(width for _x, width in bar.values()) == pytest.approx(100, abs=0.02)


def test_nobody_yet_is_an_empty_bar():
    assert Thermometer.of(total=0, asked=0, other=0, goal=100).segments == []


def test_city_counts_ahead_of_the_total_are_held_back():
    assert Thermometer.of(total=5, asked=4, other=3, goal=10).other == 1


@pytest.mark.parametrize(
    ("count", "goal", "expected"),
    [
        (0, 1000, 10),
        (9, 1000, 10),
        (10, 1000, 15),
        (99, 1000, 100),
        (2909, 5000, 3000),
        (9600, 20_000, 10_000),
        (7, 8, 8),
    ],
)
def test_next_milestone_is_the_first_round_number_above(count, goal, expected):
    assert next_milestone(count, goal) == expected


@pytest.mark.parametrize(("count", "goal"), [(5, 5), (6, 5), (1_000_000, 1)])
def test_no_milestone_follows_the_goal(count, goal):
    assert next_milestone(count, goal) is None


@pytest.mark.parametrize(
    ("count", "expected"), [(0, 0), (7, 7), (12, 10), (96, 95), (149, 100), (2909, 2500), (3000, 3000)]
)
def test_last_milestone_is_the_last_round_number_reached(count, expected):
    assert last_milestone(count) == expected
