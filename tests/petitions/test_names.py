"""Names and cities in every script."""

import pytest
from django.core.exceptions import ValidationError

from petitions.names import first_name_and_initial, tidy, validate_plain_name


@pytest.mark.parametrize(
    "name",
    [
        "Elena Marchi",
        "권영진",
        "はるか",
        "محمد بن سلمان",
        "नरेन्द्र मोदी",
        "Nguyễn Thị Ánh",
        "O’Neil-Smith Jr.",
        "St.Louis",
        "J. R. R. Tolkien",
        "می‌خواهم",
    ],
)
def test_name_in_any_script_is_accepted(name):
    validate_plain_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "visit www.spam.example",
        "http://x",
        "me@mail.example",
        "a\x00b",
        "a\u202eb",
        "12345",
        "a\nb",
        "Win at bit.ly/abc",
        "evil.app",
        "Visit t.me",
        "free．com",
        "evil。com",
    ],
)
def test_name_that_is_none_is_refused(name):
    with pytest.raises(ValidationError):
        validate_plain_name(name)


def test_tidy_joins_spaces_and_composes_marks():
    assert tidy("  E\u0301lise \u3000 Roux ") == "Élise Roux"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Elena Marchi", "Elena M."),
        ("Anna Maria Rossi", "Anna R."),
        ("권영진", "권."),
        ("Élise Ñandú", "Élise Ñ."),
        ("", ""),
    ],
)
def test_initial_form_hides_the_surname(name, shown):
    assert first_name_and_initial(name) == shown
