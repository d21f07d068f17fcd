"""A proxy that was forgotten in the settings is told, and a stranger's header does not fill the log."""

from ipaddress import ip_network

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from campaign_site import proxies


@pytest.fixture
def ask():
    site = proxies.TellOfUnknownProxies(lambda _request: HttpResponse())
    return lambda **headers: site(RequestFactory().get("/", **headers))


@pytest.mark.parametrize("header", ["HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED"])
def test_header_from_an_unknown_peer_is_told(ask, caplog, header):
    ask(**{header: "198.51.100.7"})
    assert "TRUSTED_PROXIES" in caplog.text


def test_header_from_our_proxy_is_not_told(ask, caplog, settings):
    settings.TRUSTED_PROXIES = (ip_network("127.0.0.0/8"),)
    ask(HTTP_X_FORWARDED_FOR="198.51.100.7")
    assert caplog.text == ""


def test_request_without_the_header_is_not_told(ask, caplog):
    ask()
    assert caplog.text == ""


def test_second_request_within_the_hour_is_not_told_again(ask, caplog):
    ask(HTTP_X_FORWARDED_FOR="198.51.100.7")
    ask(HTTP_X_FORWARDED_FOR="198.51.100.7")
    assert len(caplog.records) == 1


def test_request_an_hour_later_is_told_again(ask, caplog, monkeypatch):
    ask(HTTP_X_FORWARDED_FOR="198.51.100.7")
    later = proxies.time.monotonic() + proxies.QUIET_SECONDS + 1
    monkeypatch.setattr(proxies.time, "monotonic", lambda: later)
    ask(HTTP_X_FORWARDED_FOR="198.51.100.7")
    assert len(caplog.records) == 2
