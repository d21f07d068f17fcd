"""Placeholders, Markdown and contacts."""

import pytest
from django.core.exceptions import ValidationError

from campaigns.rules.contacts import validate_contact
from campaigns.rules.placeholders import fill, validate_placeholders
from campaigns.rules.telephones import international_number, telephone_link
from petitions.markdown import to_html


def test_known_placeholder_is_filled():
    assert fill("Ask {other_city}.", {"other_city": "Daegu"}) == "Ask Daegu."


def test_placeholder_without_value_stays_to_be_seen():
    assert fill("Ask {other_city}.", {}) == "Ask {other_city}."


def test_filled_value_is_not_filled_again():
    assert fill("{asked_city}", {"asked_city": "{other_city}", "other_city": "x"}) == "{other_city}"


def test_unknown_placeholder_is_refused_by_name():
    with pytest.raises(ValidationError, match="sister_town"):
        validate_placeholders("Dear {sister_town}")


@pytest.mark.parametrize("text", ["{asked_city} and {year}", "braces {} or { } or {1}"])
def test_text_with_known_or_no_placeholders_passes(text):
    validate_placeholders(text)


@pytest.mark.parametrize(
    "evil",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "<img src=x onerror=alert(1)>",
        "[x](data:text/html,x)",
        "![x](https://x.example/y.png)",
    ],
)
def test_markdown_yields_nothing_that_acts_or_loads(evil):
    html = to_html(evil)
    assert "<script" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html
    assert 'href="data' not in html


def test_markdown_headings_stay_below_the_page_headline():
    assert to_html("# Big") == "<h2>Big</h2>\n"


@pytest.mark.parametrize("text", ["日本語**「強調」**です", "**한국어(괄호)**는", "**重要（Important）：**请注意"])
def test_emphasis_beside_cjk_punctuation_is_found(text):
    assert "<strong>" in to_html(text)


def test_multiplication_is_no_emphasis():
    assert "<em>" not in to_html("5 * 3 * 2")


@pytest.mark.parametrize(
    ("kind", "value", "country"),
    [
        ("telephone", "02.884 50136", "IT"),
        ("fax", "02.884 50568", "IT"),
        ("email", "mayor@milan.example", "IT"),
        ("facebook", "https://social.example/milan", "IT"),
        ("post", "Piazza della Scala, 2", "IT"),
    ],
)
def test_reachable_contact_is_accepted(kind, value, country):
    validate_contact(kind, value, country)


@pytest.mark.parametrize(
    ("kind", "value"), [("telephone", "12"), ("email", "mayor"), ("web", "javascript:alert(1)"), ("x", "@milan")]
)
def test_unreachable_contact_is_refused(kind, value):
    with pytest.raises(ValidationError):
        validate_contact(kind, value, "IT")


@pytest.mark.parametrize(
    "value", ["=?utf-8?q?a=2C=20evil=40evil=2Eexample?=@x.example", '"a, b"@x.example', "Mayor <a@x.example>"]
)
def test_address_that_a_header_would_read_otherwise_is_refused(value):
    with pytest.raises(ValidationError):
        validate_contact("email", value, "IT")


def test_telephone_can_be_dialled_from_abroad():
    assert telephone_link("02.884 50136", "IT") == "tel:+390288450136"
    assert international_number("02.884 50136", "IT").startswith("+39 02")
