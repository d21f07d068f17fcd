"""Language tags and the one fallback rule."""

from types import SimpleNamespace

import pytest

from petitions.languages import best_text, direction, language_name, normalized_tag


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
