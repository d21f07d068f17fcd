"""Language tags and the one fallback rule."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError

from petitions.languages import (
    best_text,
    direction,
    is_choosable,
    language_name,
    normalized_tag,
    tag_named,
    validate_language_tag,
)


def texts(*languages):
    return [SimpleNamespace(language=language) for language in languages]


@pytest.mark.parametrize(
    ("written", "language", "source", "chosen"),
    [
        (("en", "it", "ko"), "it", "en", "it"),
        (("en", "pt"), "pt-BR", "en", "pt"),
        (("zh-Hant", "en"), "zh-Hant-TW", "en", "zh-Hant"),
        (("ko", "en"), "it", "ko", "ko"),
        (("en", "fr"), "it", "ko", "en"),
        (("fr", "de"), "it", "ko", "de"),
        (("it", "it-CH"), "IT", "en", "it"),
    ],
)
def test_reader_gets_the_nearest_language(written, language, source, chosen):
    assert best_text(texts(*written), language, source).language == chosen


def test_no_text_at_all_is_none():
    assert best_text([], "it") is None


@pytest.mark.parametrize(("written", "normal"), [("PT_br", "pt-BR"), ("zh-hant-tw", "zh-Hant-TW"), ("KO", "ko")])
def test_tag_has_one_spelling(written, normal):
    assert normalized_tag(written) == normal


@pytest.mark.parametrize(("tag", "way"), [("ar", "rtl"), ("ar-EG", "rtl"), ("it", "ltr"), ("fa", "rtl")])
def test_direction_follows_the_script(tag, way):
    assert direction(tag) == way


@pytest.mark.parametrize(("tag", "name"), [("it", "Italiano"), ("ko", "한국어"), ("yue", "粵語"), ("qqq", "qqq")])
def test_language_is_named_in_itself(tag, name):
    assert language_name(tag) == name


@pytest.mark.parametrize(
    "tag", ["it", "ko", "zh-Hant", "pt-BR", "sr-Latn", "yue", "ckb", "es-419", "jje", "ca-valencia"]
)
def test_known_language_is_taken(tag):
    validate_language_tag(tag)


@pytest.mark.parametrize(
    "tag",
    [
        "English", "<b>!! deutsch", "xx", "zz-ZZ", "en-XYZ1", "it-", "a" * 5000, "it\n", "\u0301\u0316" * 500,
        "und", "en-US-GB", "en-US-Latn",
    ],
)  # fmt: skip
def test_unknown_language_is_refused(tag):
    with pytest.raises(ValidationError):
        validate_language_tag(tag)


@pytest.mark.parametrize(
    ("typed", "tag"),
    [
        ("English", "en"),
        ("deutsch", "de"),
        ("Italiano", "it"),
        (" 한국어 ", "ko"),
        ("PT_br", "pt-BR"),
        ("eng", "en"),
        ("Klingonn", "Klingonn"),
    ],
)
def test_language_typed_by_name_becomes_its_tag(typed, tag):
    assert tag_named(typed) == tag


def test_misspelt_name_is_answered_with_the_nearest():
    with pytest.raises(ValidationError, match=r"italian \(it\)"):
        validate_language_tag("Itallian")


@pytest.mark.parametrize(("tag", "is_it"), [("it", True), ("zh-Hant", False), ("de", False)])
def test_language_that_readers_can_choose(tag, is_it):
    assert is_choosable(tag) is is_it
