"""Names and cities in every script: what they may look like, and which of them are one."""

import pytest
from django.core.exceptions import ValidationError

from petitions.names import tidy, validate_plain_name


def accepted(text):
    """As a form takes it."""
    name = tidy(text)
    validate_plain_name(name)
    return name


@pytest.mark.parametrize(
    "name",
    [
        "Elena Marchi",
        "J.de Vries",
        "M.me Dupont",
        "Arun s/o Raman",
        "Anna/Marco Rossi",
        "Biel/Bienne",
        "St.Louis",
        "권영진",
        "はるか",
        "محمد بن سلمان",
        "नरेन्द्र मोदी",
        "Nguyễn Thị Ánh",
        "O’Neil-Smith Jr.",
        "D´Angelo",
        "J. R. R. Tolkien",
        "Ana 2",
        "M° Prova",
        "홍○○",
        "དཀྲིས",
        "g̃uarani ñ̃",
    ],
)
def test_real_name_is_accepted_as_written(name):
    assert accepted(name) == name


@pytest.mark.parametrize(
    "name",
    ["می‌خواهم", "क्‍ष", "അവന്‍", "ශ්‍රී", "葛\U000e0100城"],
    ids=["Persian", "Hindi", "Malayalam", "Sinhala", "Han variant"],
)
def test_joiner_that_a_script_needs_stays(name):
    assert accepted(name) == name


@pytest.mark.parametrize(
    "unseen",
    list("\u200b\u200c\u200d\ufeff\u2060\u00ad\u200e\u200f\u061c\u202e\u2066\x00"),
    ids=ascii,
)
def test_unseen_character_that_was_pasted_is_dropped(unseen):
    assert accepted(f"{unseen}Elena Mar{unseen}chi{unseen}").replace(" ", "") == "ElenaMarchi"


@pytest.mark.parametrize("filler", ["\u3164", "\u115f\u1160", "\uffa0", "\u2800", "\u17b4", "\U00013441"], ids=ascii)
def test_letters_that_nobody_sees_are_no_name(filler):
    with pytest.raises(ValidationError, match="at least one letter"):
        accepted(filler)


@pytest.mark.parametrize("name", ["12345", "…", "\u0301", "--"])
def test_name_without_a_letter_is_refused(name):
    with pytest.raises(ValidationError, match="at least one letter"):
        accepted(name)


@pytest.mark.parametrize("name", ["Ana 😀", "❤ Ana", "👩‍👩‍👧 Ana", "🇮🇹 Ana", "★Ana★", "☎ Ana", "Ana™"])
def test_emoji_are_refused_in_plain_words(name):
    with pytest.raises(ValidationError, match="no emoji"):
        accepted(name)


@pytest.mark.parametrize("name", ["Ana пример.рф", "evil.app", "t.me/x", "ana@mail.example"])
def test_address_in_place_of_a_name_is_refused(name):
    with pytest.raises(ValidationError, match="addresses"):
        accepted(name)


def test_address_does_not_hide_behind_unseen_characters():
    with pytest.raises(ValidationError, match="addresses"):
        accepted("evil\u200b.\u2060app")


@pytest.mark.parametrize("name", ["Ana\ue000", "Ana\ud800", "Ana\u0378"])
def test_character_that_is_none_is_refused(name):
    with pytest.raises(ValidationError, match="letters and spaces"):
        accepted(name)


@pytest.mark.parametrize("name", ["a\u202eb", "a\u200bb", "a\nb", "a\x00b"])
def test_what_forms_drop_is_refused_elsewhere(name):
    with pytest.raises(ValidationError):
        validate_plain_name(name)


def test_heap_of_marks_stays_within_its_line():
    assert len(accepted("e" + "\u0301\u0316" * 60)) <= 4


def test_struck_out_name_is_written_plainly():
    assert accepted("A\u0336n\u0336a\u0336") == "Ana"


def test_tidy_joins_spaces_and_composes_marks():
    assert tidy("  E\u0301lise \u3000 Roux ") == "Élise Roux"


def test_name_keeps_its_form_of_a_han_character():
    assert tidy("\ufa19田") == "\ufa19田"
