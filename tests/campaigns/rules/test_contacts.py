"""Telephone numbers as offices write them."""

import pytest
from django.core.exceptions import ValidationError

from campaigns.rules.contacts import validate_contact
from campaigns.rules.telephones import telephone, telephone_link


@pytest.mark.parametrize(
    ("written", "country", "link"),
    [
        ("+39 02 8845 0136 ext. 12", "IT", "tel:+390288450136;ext=12"),
        ("+39 02 8845 0136 ext 12", "IT", "tel:+390288450136;ext=12"),
        ("+39 02 8845 0136 int. 12", "IT", "tel:+390288450136;ext=12"),
        ("+39 02 8845 0136 int 12", "IT", "tel:+390288450136;ext=12"),
        ("+39 02 8845 0136 interno 12", "IT", "tel:+390288450136;ext=12"),
        ("+39 02 8845 0136 (int. 12)", "IT", "tel:+390288450136;ext=12"),
        ("053-803-2114 내선 12", "KR", "tel:+82538032114;ext=12"),
        ("053-803-2114 (내선 12)", "KR", "tel:+82538032114;ext=12"),
        ("053-803-2114(내선번호: 12)", "KR", "tel:+82538032114;ext=12"),
        ("０５３－８０３－２１１４", "KR", "tel:+82538032114"),
        ("03-5321-1111 内線 5", "JP", "tel:+81353211111;ext=5"),
        ("+86 10 6552 9988 转 5", "CN", "tel:+861065529988;ext=5"),
        ("+49 761 2010 Durchwahl 5", "DE", "tel:+497612010;ext=5"),
        ("+49 761 2010 App. 5", "DE", "tel:+497612010;ext=5"),
        ("+43 1 4000 DW 12", "AT", "tel:+4314000;ext=12"),
        ("+43 1 4000 DW 0", "AT", "tel:+4314000;ext=0"),
        ("+43 1 4000 Kl. 81", "AT", "tel:+4314000;ext=81"),
        ("+33 1 42 76 40 40 poste 5", "FR", "tel:+33142764040;ext=5"),
        ("+7 495 123-45-67 доб. 5", "RU", "tel:+74951234567;ext=5"),
        ("+36 1 327 1000 mellék 12", "HU", "tel:+3613271000;ext=12"),
        ("+90 212 455 13 00 dahili 12", "TR", "tel:+902124551300;ext=12"),
        ("+1 213 978 0600 x5", "US", "tel:+12139780600;ext=5"),
        ("213-978-0600x12", "US", "tel:+12139780600;ext=12"),
        ("213-978-0600, ext. 12", "US", "tel:+12139780600;ext=12"),
        ("213-978-0600 #12", "US", "tel:+12139780600;ext=12"),
        ("213-978-0600 extension 12", "US", "tel:+12139780600;ext=12"),
        # The house's own lines hang on its number.
        ("+49 761/201-0", "DE", "tel:+497612010"),
        ("0761/201-0", "DE", "tel:+497612010"),
        ("+49 761 201-12", "DE", "tel:+4976120112"),
        ("+43 1 4000-0", "AT", "tel:+43140000"),
    ],
)
def test_extension_is_kept(written, country, link):
    validate_contact("telephone", written, country)
    assert telephone_link(written, country) == link


@pytest.mark.parametrize(
    ("written", "country", "link"),
    [
        ("02-8845-0136", "IT", "tel:+390288450136"),
        ("213-978-0600", "US", "tel:+12139780600"),
        ("01-42-76-40-50", "FR", "tel:+33142764050"),
        ("044-412-11-22", "CH", "tel:+41444121122"),
        ("+7 495 123-45-67", "RU", "tel:+74951234567"),
        ("053)803-2114", "KR", "tel:+82538032114"),
        ("1588-1234", "KR", "tel:+8215881234"),
        ("+49 (0)761 201-0", "DE", "tel:+497612010"),
    ],
)
def test_hyphens_inside_one_number_part_nothing(written, country, link):
    assert telephone_link(written, country) == link


SEVERAL = [
    ("051-888-1001~3", "KR"),
    ("051-888-1001～1003", "KR"),
    ("051-888-1001/2/3", "KR"),
    ("051-888-1001-3", "KR"),
    ("051-888-1001, 2, 3", "KR"),
    ("02-1234-5678, 5679", "KR"),
    ("02-1234-5678,5679", "KR"),
    ("053-803-2114;2115", "KR"),
    ("02 8845 0136/7", "IT"),
    ("02 8845 0136 / 02 8845 0137", "IT"),
    ("02 8845 0136; 02 8845 0137", "IT"),
    ("02 8845 0136 - 0137", "IT"),
    ("02 8845 0136\n02 8845 0137", "IT"),
    ("02 8845 0136\r\n02 8845 0137", "IT"),
    ("02 8845 0136 o 02 8845 0137", "IT"),
    ("0761 2010 oder 0761 2011", "DE"),
    ("213-978-0600/0601", "US"),
    ("213-978-0600 or 213-978-0601", "US"),
]
SEVERAL_EXTENSIONS = [
    ("213-978-0600 ext 1~3", "US"),
    ("213-978-0600 x1/2", "US"),
    ("02-1234-5678 (내선 1~3)", "KR"),
    ("+39 02 8845 0136 int. 12-14", "IT"),
    ("+43 1 4000 DW 12, 13", "AT"),
]
REFUSED = [
    *((written, country, "several numbers") for written, country in SEVERAL),
    *((written, country, "several extensions") for written, country in SEVERAL_EXTENSIONS),
    ("02 8845 0136 (centralino)", "IT", "without other words"),
    ("call us", "IT", "without other words"),
    ("12", "IT", "whole number"),
    ("", "IT", "whole number"),
    ("1/" * 10_000, "IT", "whole number"),
    ("119", "KR", "emergencies"),
    ("112", "IT", "emergencies"),
]


@pytest.mark.parametrize(("written", "country", "reason"), REFUSED)
def test_what_nobody_can_dial_is_refused_with_the_reason(written, country, reason):
    with pytest.raises(ValidationError, match=reason):
        validate_contact("telephone", written, country)


@pytest.mark.parametrize(("written", "country", "_reason"), REFUSED)
def test_what_nobody_can_dial_leads_nowhere(written, country, _reason):
    assert telephone_link(written, country) == ""


@pytest.mark.parametrize(
    ("written", "country", "answers_abroad"),
    [
        ("1588-1234", "KR", False),
        ("1577-0000", "KR", False),
        ("080-888-1234", "KR", False),
        ("120", "KR", False),
        ("053-803-2114", "KR", True),
        ("070-1234-5678", "KR", True),
        ("0800 1234567", "DE", False),
        ("0180 5 123456", "DE", False),
        ("116 116", "DE", False),
        ("115", "DE", False),
        ("0761 201-0", "DE", True),
        ("800 123456", "IT", False),
        ("848 800 800", "IT", False),
        ("199 123456", "IT", False),
        ("020202", "IT", True),
        ("1-800-555-0199", "US", False),
        ("311", "US", False),
        ("213-978-0600", "US", True),
        ("0570-000-000", "JP", False),
        ("0810 000 000", "FR", False),
        ("3939", "FR", False),
        ("14 020", "NL", False),
    ],
)
def test_number_is_known_to_answer_at_home_alone(written, country, answers_abroad):
    known = telephone(written, country)
    assert not known.problem
    assert known.answers_abroad is answers_abroad


def test_short_number_is_dialled_as_it_is():
    assert telephone_link("116 116", "DE") == "tel:116116"
