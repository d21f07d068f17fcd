"""Log lines name nobody."""

import logging

import pytest

from campaign_site.logs import NamelessFormatter


def logged_as(line):
    record = logging.LogRecord("test", logging.INFO, __file__, 1, line, (), None)
    return NamelessFormatter("{message}", style="{").format(record)


@pytest.mark.parametrize(
    ("line", "logged"),
    [
        ("failed for Ann <ann.lee@example.org>", "failed for Ann <[address]>"),
        ("Key (email)=(ann@example.org) already exists.", "Key (email)=([values]) already exists."),
        (
            "DETAIL:  Key (petition_id, canonical_email)=(1, ann@example.org) already exists.",
            "DETAIL:  Key (petition_id, canonical_email)=([values]) already exists.",
        ),
        ("Key (name)=(Ann (the) Lee) already exists.", "Key (name)=([values]) already exists."),
        (
            "DETAIL:  Failing row contains (7, Ann Lee, two\nlines).\nwith (parentheses).\n\nin sign",
            "DETAIL:  Failing row contains ([values]).\n\nin sign",
        ),
        ("Failing row contains (7, Ann Lee, " + "x" * 2000 + ").", "Failing row contains ([values])."),
        ("Not Found: /en/ann.lee%40example.org/", "Not Found: [address]"),
        ("Not Found: /en/ann.lee%2540example.org/", "Not Found: [address]"),
        ("Not Found: /EN/SIGNATURES/s3cret/confirm/", "Not Found: /EN/SIGNATURES/[token]/confirm/"),
        ("Not Found: /en/signatures/s3cret/confirm/", "Not Found: /en/signatures/[token]/confirm/"),
        ("Not Found: /en/comments/12.s3cret/confirm/", "Not Found: /en/comments/[token]/confirm/"),
        ("Not Found: /en/follows/12.s3cret", "Not Found: /en/follows/[token]"),
        ('"GET /en/?email=x HTTP/1.1" 404', '"GET /en/?[query] HTTP/1.1" 404'),
        ("Invalid request from ip=203.0.113.9: bad", "Invalid request from ip=[ip]: bad"),
        ("from 2001:db8::7 at 16:33:01", "from [ip] at 16:33:01"),
        ("Listening at: http://127.0.0.1:8000", "Listening at: http://127.0.0.1:8000"),
    ],
)
def test_personal_part_is_hidden(line, logged):
    assert logged_as(line) == logged


@pytest.mark.parametrize("part", ["a:", "x/", "ann@example.", "1.", "a b"])
def test_endless_path_is_cut(part):
    assert len(logged_as("Not Found: /" + part * 100_000)) < 1100


def test_address_where_a_line_is_cut_is_left_out():
    assert "ann" not in logged_as("x " * 497 + "ann.lee@example.org failed")
