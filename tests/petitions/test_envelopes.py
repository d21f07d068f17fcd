"""What one page hands to the next in its address: nobody else reads it, makes it, or uses it later."""

import time

import pytest
from django.test import override_settings

from petitions.envelopes import BELIEVED_SECONDS, LONGEST, enclosed, opened

SAID = {"email": "ana@mail.example", "kept": {"city": "대구"}}


def test_key_and_values_come_back():
    assert opened(enclosed(7, SAID)) == (7, SAID)


def test_token_says_nothing_in_clear():
    assert "ana" not in enclosed(7, SAID)


def test_token_is_as_long_for_every_key():
    assert len(enclosed(1, SAID)) == len(enclosed(10**12, SAID))


@pytest.mark.parametrize("token", ["", "x", "gAAAAA", "gAAAAA" + "A" * 300, "é", "A" * (LONGEST + 1), "=" * 50])
def test_token_that_we_never_made_opens_nothing(token):
    assert opened(token) is None


def test_token_is_changed_by_nobody():
    token = enclosed(7, SAID)
    assert opened(token[:-5] + ("A" if token[-5] != "A" else "B") + token[-4:]) is None


def test_token_opens_nothing_after_its_time(monkeypatch):
    token = enclosed(7, SAID)
    later = time.time() + BELIEVED_SECONDS + 2
    monkeypatch.setattr("time.time", lambda: later)
    assert opened(token) is None


def test_token_made_with_the_key_before_still_opens():
    with override_settings(SECRET_KEY="the key before"):
        token = enclosed(7, SAID)
    with override_settings(SECRET_KEY="another", SECRET_KEY_FALLBACKS=["the key before"]):
        assert opened(token) == (7, SAID)
    assert opened(token) is None
