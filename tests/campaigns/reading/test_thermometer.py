"""The bar that fills from both cities."""

import pytest

from campaigns.reading.thermometer import Thermometer


def widths(thermometer):
    return {name: (float(x.rstrip("%")), float(width.rstrip("%"))) for name, x, width in thermometer.segments}


def test_parts_add_up_to_the_total():
    thermometer = Thermometer.of(total=1204, asked=412, other=173, goal=2000)
    assert (thermometer.world, thermometer.to_go) == (619, 796)


def test_gap_is_what_is_missing():
    bar = widths(Thermometer.of(total=1204, asked=412, other=173, goal=2000))
    assert bar["there"][0] + bar["there"][1] == pytest.approx(100)
    assert bar["world"][0] + bar["world"][1] == pytest.approx(51.55)


def test_past_the_goal_the_parts_touch():
    bar = widths(Thermometer.of(total=3000, asked=1000, other=1000, goal=2000))
    assert bar["world"][0] + bar["world"][1] == pytest.approx(bar["there"][0], abs=0.02)


def test_past_the_goal_nothing_is_missing():
    thermometer = Thermometer.of(total=3000, asked=1000, other=1000, goal=2000)
    assert thermometer.is_reached
    assert thermometer.to_go == 0


def test_single_signature_can_be_seen():
    assert widths(Thermometer.of(total=1, asked=1, other=0, goal=100_000))["here"][1] > 1


def test_small_shares_never_overflow_a_full_bar():
    bar = widths(Thermometer.of(total=100_000, asked=1, other=1, goal=100_000))
    assert sum(width for _x, width in bar.values()) == pytest.approx(100, abs=0.02)


def test_nobody_yet_is_an_empty_bar():
    assert Thermometer.of(total=0, asked=0, other=0, goal=100).segments == []


def test_city_counts_ahead_of_the_total_are_held_back():
    assert Thermometer.of(total=5, asked=4, other=3, goal=10).other == 1
