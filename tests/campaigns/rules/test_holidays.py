"""Regions that keep holidays of their own."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from campaigns.rules.holidays import public_holidays

from ...factories import make_city

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("place", "day"),
    [
        ("IT-MI", date(2026, 12, 7)),
        ("IT-RM", date(2026, 6, 29)),
        ("DE-BW", date(2026, 1, 6)),
        ("DE-Augsburg", date(2026, 8, 8)),
        ("CH-ZH", date(2026, 5, 1)),
        ("US-CA", date(2026, 3, 31)),
        ("US-TX", date(2026, 3, 2)),
        ("ES-MD", date(2026, 5, 2)),
        ("FR-57", date(2026, 12, 26)),
        ("GB-SCT", date(2026, 11, 30)),
        ("BR-SP", date(2026, 7, 9)),
    ],
)
def test_state_canton_or_city_keeps_its_own_day(place, day):
    assert day in public_holidays(place, 2026, "en")[1]
    assert day not in public_holidays(place.split("-")[0], 2026, "en")[1]


def test_known_region_is_taken():
    city = make_city("milan", country="IT", region="MI")
    city.full_clean()
    assert city.holidays_of == "IT-MI"


@pytest.mark.parametrize(("country", "said"), [("IT", "Known are: AG, AL"), ("KR", "leave it empty")])
def test_unknown_region_is_refused_with_the_known_ones(country, said):
    with pytest.raises(ValidationError, match=said):
        make_city("milan", country=country, region="ZZ").full_clean()
