"""Names on the map: inside the frame and never on one another, whatever the cities."""

from random import Random

import pytest

from campaigns.pages.map_labels import ASCENT, DESCENT, Spot, _width_of, labels

WIDTH, HEIGHT = 1000.0, 400.0


def placed(*spots):
    return labels(spots, [], WIDTH, HEIGHT)


def spot(name, x, y, country="US", side="here"):
    return Spot(name, country, side, (x, y))


def box(label):
    width = _width_of(label.text)
    left = {"middle": label.x - width / 2, "end": label.x - width, "start": label.x}[label.anchor]
    return left, label.y - ASCENT, left + width, label.y + DESCENT


def overlap(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def test_lone_city_is_named_below_its_dot():
    (label,) = placed(spot("Milan", 500, 200))
    assert (label.text, label.x, label.anchor) == ("Milan", 500, "middle")
    assert label.y > 200


def test_neighbours_of_one_country_are_named_one_above_the_other():
    found = placed(spot("San Diego", 768.5, 135.7), spot("Los Angeles", 765.4, 130.6))
    assert [label.text for label in found] == ["Los Angeles", "San Diego"]
    assert found[0].y < found[1].y


def test_neighbours_of_two_countries_each_find_room():
    found = placed(spot("Milan", 85.4, 86.7, "IT"), spot("Freiburg", 81.4, 76.9, "DE"))
    assert {label.text for label in found} == {"Milan", "Freiburg"}


def test_many_in_one_place_are_told_in_one_line():
    crowd = [spot(f"City {number}", 430 + number, 120 + number, "KR", "there") for number in range(7)]
    assert [label.text for label in placed(*crowd)] == ["7 cities in South Korea"]


def test_many_that_can_be_told_apart_keep_their_names():
    row = [spot(f"C{number}", 100 + 25 * number, 200) for number in range(5)]
    assert {label.text for label in placed(*row)} == {"C0", "C1", "C2", "C3", "C4"}


def test_crowd_without_room_for_each_name_leaves_none_of_them_beside_the_line_for_all():
    row = [spot("A city with a long name", 400 + 16 * number, 200, "KR") for number in range(8)]
    assert [label.text for label in placed(*row)] == ["8 cities in South Korea"]


@pytest.mark.parametrize(("x", "y"), [(10, 10), (990, 10), (10, 390), (990, 390)])
def test_name_in_a_corner_stays_inside(x, y):
    (label,) = placed(spot("Friburgo in Brisgovia", x, y))
    left, top, right, bottom = box(label)
    assert left >= 0
    assert top >= 0
    assert right <= WIDTH
    assert bottom <= HEIGHT


def test_name_without_room_is_left_out():
    assert placed(spot("A name that is longer than the whole map " * 3, 500, 200)) == []


def test_names_rather_avoid_arcs():
    below = [(500.0, 220.0 + step) for step in range(10)]
    (label,) = labels([spot("Milan", 500, 200)], below, WIDTH, HEIGHT)
    assert label.anchor != "middle"


@pytest.mark.parametrize("seed", range(12))
def test_no_two_names_overlap(seed):
    random = Random(seed)
    countries = ["US", "KR", "IT", "DE", "JP"]
    spots = [
        spot(
            random.choice(["Ulm", "서울특별시", "San Francisco", "القاهرة", "กรุงเทพมหานคร", "Freiburg im Breisgau"]),
            random.uniform(10, 990) if number % 2 else random.gauss(430, 30),
            random.uniform(10, 390) if number % 2 else random.gauss(120, 20),
            random.choice(countries),
            random.choice(["here", "there"]),
        )
        for number in range(24)
    ]
    found = placed(*spots)
    boxes = [box(label) for label in found]
    assert found
    assert not [1 for i, one in enumerate(boxes) for other in boxes[i + 1 :] if overlap(one, other)]
    dots = [(x - 7, y - 7, x + 7, y + 7) for x, y in (spot.point for spot in spots)]
    assert not [1 for one in boxes for dot in dots if overlap(one, dot)]
    assert all(left >= 0 and top >= 0 and right <= WIDTH and bottom <= HEIGHT for left, top, right, bottom in boxes)
