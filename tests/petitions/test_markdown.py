"""Organizers' Markdown keeps facts, on pages and in plain text."""

import pytest

from petitions.markdown import to_html
from petitions.markdown_as_text import to_text

BASE = "https://site.example/it/campaigns/milan-daegu/"


@pytest.mark.parametrize(
    "line",
    [
        "2026. 11. 25. 대구시는",
        "2026.11.25. 대구",
        "2026. 11. 25.",
        "11. 25. 대구",
        "25. 11. 2026",
        "25. 11. demonstrace",
        "2026. március 3-án",
        "1986. In jenem Jahr",
        "1986.",
        "3. Oktober",
        "3. Oktober 2026",
        "3. Okt. 2026",
        "1. April 2026",
        "1. Mai",
        "17. listopadu 2026",
        "3. maj",
    ],
)
def test_date_at_the_start_of_a_line_stays_a_date(line):
    assert to_html(line) == f"<p>{line}</p>\n"
    assert to_text(line, BASE) == line


def test_dates_line_by_line_stay_dates():
    assert to_html("1. Mai: Demo\n2. Juni: Brief") == "<p>1. Mai: Demo\n2. Juni: Brief</p>\n"


def test_date_in_a_list_stays_a_date():
    assert to_html("- 3. Oktober 2026") == "<ul>\n<li>3. Oktober 2026</li>\n</ul>\n"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("4. Write\n5. Call", '<ol start="4">\n<li>Write</li>\n<li>Call</li>\n</ol>\n'),
        ("1. Write\n2. Call\n3. Share", "<ol>\n<li>Write</li>\n<li>Call</li>\n<li>Share</li>\n</ol>\n"),
        ("1. Jan Novák\n2. Eva Malá", "<ol>\n<li>Jan Novák</li>\n<li>Eva Malá</li>\n</ol>\n"),
        ("1. Marching\n2. Maybe", "<ol>\n<li>Marching</li>\n<li>Maybe</li>\n</ol>\n"),
        ("1. Write\n1. Call", "<ol>\n<li>Write</li>\n<li>Call</li>\n</ol>\n"),
        ("1. Write\n3. Call\n4. Go", '<ol>\n<li>Write</li>\n<li value="3">Call</li>\n<li>Go</li>\n</ol>\n'),
        ("1986) Rio", '<ol start="1986">\n<li>Rio</li>\n</ol>\n'),
    ],
)
def test_list_keeps_its_numbers(source, text):
    assert to_html(source) == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("# Won\n\nThe **market** is *closed*.", "Won\n\nThe market is closed."),
        ("日本語**「強調」**です", "日本語「強調」です"),
        ("[the letter](letter/)", f"the letter <{BASE}letter/>"),
        ("[sign](#sign)", f"sign <{BASE}#sign>"),
        ("[all](/it/campaigns/)", "all <https://site.example/it/campaigns/>"),
        ("[law](https://law.example/?a=1&b=2)", "law <https://law.example/?a=1&b=2>"),
        ("<https://law.example/>", "https://law.example/"),
        ("[us](mailto:us@site.example)", "us <us@site.example>"),
        ("<us@site.example>", "us@site.example"),
        ("5 * 3 \\* 2 and `a*b`", "5 * 3 * 2 and a*b"),
        ("4. Write\n5. Call", "4. Write\n5. Call"),
        ("1. Write\n3. Call", "1. Write\n3. Call"),
        ("- a\n  - b\n- c", "- a\n  - b\n- c"),
        ("10. a\n\n    more", "10. a\n    more"),
        ("> a\n>\n> b", "> a\n> \n> b"),
        ("one  \ntwo\nthree", "one\ntwo\nthree"),
        ("one\n\n---\n\ntwo", "one\n\n* * *\n\ntwo"),
        ("```\ncode\n```", "    code"),
        ("", ""),
    ],
)
def test_plain_text_says_the_same_without_marks(source, text):
    assert to_text(source, BASE) == text


def test_relative_link_of_a_mail_leads_to_the_page():
    assert f'href="{BASE}letter/"' in to_html("[the letter](letter/)", BASE)


def test_relative_link_of_a_page_stays_relative():
    assert 'href="letter/"' in to_html("[the letter](letter/)")


def test_link_that_acts_is_no_link_in_plain_text_either():
    assert to_text("[x](javascript:alert(1))", BASE) == "[x](javascript:alert(1))"
