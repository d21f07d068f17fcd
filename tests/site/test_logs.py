"""Log lines name nobody."""

import logging

import pytest

from campaign_site.logs import NamelessFormatter


@pytest.mark.parametrize(
    ("line", "logged"),
    [
        ("failed for Ann <ann.lee@example.org>", "failed for Ann <[address]>"),
        ("Key (email)=(ann@example.org) already exists.", "Key (email)=([address]) already exists."),
        ("Not Found: /en/signatures/s3cret/confirm/", "Not Found: /en/signatures/[token]/confirm/"),
        ('"GET /en/?email=x HTTP/1.1" 404', '"GET /en/?[query] HTTP/1.1" 404'),
        ("Invalid request from ip=203.0.113.9: bad", "Invalid request from ip=[ip]: bad"),
        ("from 2001:db8::7 at 16:33:01", "from [ip] at 16:33:01"),
        ("Listening at: http://127.0.0.1:8000", "Listening at: http://127.0.0.1:8000"),
    ],
)
def test_personal_part_is_hidden(line, logged):
    record = logging.LogRecord("test", logging.INFO, __file__, 1, line, (), None)
    assert NamelessFormatter("{message}", style="{").format(record) == logged
