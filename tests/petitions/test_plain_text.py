"""Words that everyone may see: letters, comments, lines on paper."""

import pytest

from petitions.plain_text import cut_between_words, plain_line, plain_lines


def test_line_end_inside_a_line_becomes_a_space():
    assert plain_line("Kim\r\nBcc: x") == "Kim  Bcc: x"


def test_letters_are_composed():
    assert plain_line("\u1106\u1175\u11af라노") == "밀라노"


def test_line_keeps_the_form_of_a_han_character():
    assert plain_line("\ufa19田") == "\ufa19田"


@pytest.mark.parametrize("marks", ["\u0323", "\u0336", "\u0301\u0316", "\u0e47", "\u064e", "\u0591"], ids=ascii)
def test_heap_of_marks_is_cut(marks):
    assert len(plain_line("e" + marks * 1000)) < 12


@pytest.mark.parametrize("word", ["Việt", "ᾧ", "ก็้", "བརྒྱུད", "မြန်မာ့", "בְּרֵאשִׁ֖ית"])
def test_marks_that_a_script_needs_stay(word):
    assert plain_line(word) == word


def test_direction_is_not_turned():
    assert plain_lines("A\u202eB\u2066C") == "ABC"


@pytest.mark.parametrize("text", ["\u200b\n\u3164", "\u2800 \u2800", "\u200d\u200f", "\u115f\u0301", " \t"], ids=ascii)
def test_words_that_nobody_sees_are_none(text):
    assert plain_lines(text) == ""


def test_lines_and_emoji_of_a_comment_stay():
    assert plain_lines("Bravi! ❤️\r\n\r\n\r\n\r\n👩‍👩‍👧") == "Bravi! ❤️\n\n👩‍👩‍👧"


KOREAN = "대구광역시 칠성시장의 개와 고양이 고기 거래를 끝내 주시기를 밀라노 시장님께 요청합니다"
GERMAN = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz sofort aufheben"


@pytest.mark.parametrize(
    ("text", "longest", "cut"),
    [
        ("A short title", 80, "A short title"),
        ("Mayor Sala, ask Daegu to end it", 12, "Mayor Sala…"),
        (KOREAN, 20, "대구광역시 칠성시장의 개와 고양이…"),
        (GERMAN, 30, GERMAN.split()[0] + "…"),
        ("大邱市長への要請文です", 6, "大邱市長へ…"),
        ("हिन्दी में शीर्षक", 6, "हिन्दी में…"),
        ("e\u0301" * 90, 80, "e\u0301" * 90),
    ],
)
def test_title_is_cut_between_words(text, longest, cut):
    assert cut_between_words(text, longest) == cut
