"""Telephone numbers as offices write them."""

import pytest
from django.core.exceptions import ValidationError

from campaigns.rules.contacts import telephone_link, validate_contact


@pytest.mark.parametrize(
    ("written", "country", "link"),
    [
        ("+39 02 8845 0136 ext. 12", "IT", "tel:+390288450136;ext=12"),
        ("+39 02 8845 0136 interno 12", "IT", "tel:+390288450136;ext=12"),
        ("053-803-2114 내선 12", "KR", "tel:+82538032114;ext=12"),
        ("053-803-2114 (내선 12)", "KR", "tel:+82538032114;ext=12"),
        ("03-5321-1111 内線 5", "JP", "tel:+81353211111;ext=5"),
        ("+49 761 2010 Durchwahl 5", "DE", "tel:+497612010;ext=5"),
        ("+33 1 42 76 40 40 poste 5", "FR", "tel:+33142764040;ext=5"),
        ("+7 495 123-45-67 доб. 5", "RU", "tel:+74951234567;ext=5"),
        ("+1 213 978 0600 x5", "US", "tel:+12139780600;ext=5"),
        ("+49 761/201-0", "DE", "tel:+497612010"),
    ],
)
def test_extension_is_kept(written, country, link):
    validate_contact("telephone", written, country)
    assert telephone_link(written, country) == link


@pytest.mark.parametrize(
    ("written", "country"),
    [
        ("051-888-1001~3", "KR"),
        ("051-888-1001～1003", "KR"),
        ("02 8845 0136 / 02 8845 0137", "IT"),
        ("02 8845 0136; 02 8845 0137", "IT"),
        ("02 8845 0136\n02 8845 0137", "IT"),
    ],
)
def test_several_numbers_in_one_are_refused_with_the_reason(written, country):
    with pytest.raises(ValidationError, match="several numbers"):
        validate_contact("telephone", written, country)
