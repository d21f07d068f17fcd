"""What to dial from where, and what time it is there."""

import pytest

from campaigns.calls.dialling import Caller, caller_from, dialled_from, zones_of

MILAN = "+39 02 884 50136"


@pytest.mark.parametrize(
    ("country", "number"),
    [
        ("IT", "02 8845 0136"),
        ("US", "011 39 02 8845 0136"),
        ("DE", "00 39 02 8845 0136"),
        ("SM", "00 39 02 8845 0136"),
        ("RU", "8~10 39 02 8845 0136"),
        ("KR", "+39 02 8845 0136"),
        ("AQ", "+39 02 8845 0136"),
    ],
)
def test_number_is_dialled_as_ones_country_dials(country, number):
    assert dialled_from(country, MILAN, "IT").number == number


def test_number_without_country_code_is_of_the_offices_country():
    assert dialled_from("US", "02 884 50136", "IT").number == "011 39 02 8845 0136"


@pytest.mark.parametrize(("country", "is_abroad"), [("IT", False), ("US", True), ("KR", True)])
def test_call_within_the_country_is_not_abroad(country, is_abroad):
    assert dialled_from(country, MILAN, "IT").is_abroad == is_abroad


def test_neighbours_who_share_a_country_code_need_no_prefix_for_abroad():
    assert not dialled_from("CA", "+1 213 555 0100", "US").is_abroad


@pytest.mark.parametrize(
    ("caller", "number", "office", "may_not_connect"),
    [
        ("US", "1588-1234", "KR", True),
        ("US", "080-888-1234", "KR", True),
        ("KR", "1588-1234", "KR", False),
        ("US", "053-803-2114", "KR", False),
    ],
)
def test_number_of_the_country_alone_says_so_abroad(caller, number, office, may_not_connect):
    assert dialled_from(caller, number, office).may_not_connect is may_not_connect


@pytest.mark.parametrize(("country", "needs_prefix"), [("KR", True), ("US", False), ("IT", False)])
def test_country_of_many_prefixes_is_told_so(country, needs_prefix):
    assert dialled_from(country, MILAN, "IT").needs_prefix == needs_prefix


@pytest.mark.parametrize(("country", "number"), [("", MILAN), ("US", "12"), ("US", "call us"), ("US", "")])
def test_nothing_is_dialled_from_nowhere_or_to_no_number(country, number):
    assert dialled_from(country, number, "IT") is None


def test_united_states_offer_a_zone_for_each_time():
    labels = [choice.label.split(" (")[0] for choice in zones_of("US", "en", 2026)]
    assert labels == [
        "Hawaii-Aleutian Time",
        "Hawaii-Aleutian Time",
        "Alaska Time",
        "Pacific Time",
        "Mountain Time",
        "Mountain Time",
        "Central Time",
        "Eastern Time",
    ]


def test_zone_is_named_with_its_cities_in_the_readers_language():
    assert zones_of("US", "ko", 2026)[-1].label.startswith("미 동부 시간 (뉴욕, ")


@pytest.mark.parametrize("country", ["US", "RU", "AQ", "CL", "UA", "AR"])
def test_no_two_zones_of_a_country_read_the_same(country):
    labels = [choice.label for choice in zones_of(country, "en", 2026)]
    assert len(set(labels)) == len(labels)


def test_country_of_one_time_needs_no_choice():
    caller = caller_from("DE", "", "en", 2026)
    assert (caller.zone_choices, str(caller.zone)) == ((), "Europe/Berlin")


def test_country_of_several_times_has_none_before_the_choice():
    caller = caller_from("US", "", "en", 2026)
    assert caller.zone is None
    assert caller.zone_choices


def test_place_inside_a_zone_chooses_the_zone():
    assert caller_from("US", "America/Detroit", "en", 2026).zone_name == "America/New_York"


def test_country_without_any_zone_is_still_a_country():
    assert caller_from("BV", "", "en", 2026) == Caller("BV")


@pytest.mark.parametrize("country", ["", "kr", "ZZ", "KR\0", "K" * 5000, "../etc"])
def test_unknown_country_counts_as_not_chosen(country):
    assert caller_from(country, "Asia/Seoul", "en", 2026) == Caller()


@pytest.mark.parametrize("zone", ["Europe/Rome", "\0", "x" * 5000, "../../etc/passwd", "america/new_york"])
def test_zone_of_elsewhere_counts_as_not_chosen(zone):
    assert caller_from("US", zone, "en", 2026).zone_name == ""


def test_choice_is_carried_in_addresses():
    assert caller_from("US", "America/Chicago", "en", 2026).query == "?from=US&zone=America%2FChicago"
    assert caller_from("KR", "Asia/Seoul", "en", 2026).query == "?from=KR"
    assert caller_from("", "", "en", 2026).query == ""
