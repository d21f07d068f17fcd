"""Regions that keep holidays of their own."""

import pytest
from django.core.exceptions import ValidationError

from ...factories import make_city

pytestmark = pytest.mark.django_db


def test_known_region_is_taken():
    city = make_city("milan", country="IT", region="MI")
    city.full_clean()
    assert city.holidays_of == "IT-MI"


@pytest.mark.parametrize(("country", "said"), [("IT", "Known are: AG, AL"), ("KR", "leave it empty")])
def test_unknown_region_is_refused_with_the_known_ones(country, said):
    with pytest.raises(ValidationError, match=said):
        make_city("milan", country=country, region="ZZ").full_clean()
