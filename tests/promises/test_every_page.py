"""Promises of every page: headers, languages, sound HTML, nothing inline or private, nothing changed by reading."""

import re
from collections import Counter

import html5lib
import pytest
from django.apps import apps
from django.core.cache import caches
from django.test import override_settings

from ..public_pages import LANGUAGES, SECRET_ADDRESS, SECRET_SURNAME

INLINE = re.compile(r"<script(?![^>]*\ssrc=)[^>]*>|\sstyle=|\son\w+=|<style|javascript:", re.IGNORECASE)


def pages_of(site, language="en"):
    return [*site.public(language), *site.personal(language)]


def html_of(client, url):
    response = client.get(url)
    assert response.status_code == 200, url
    return response.content.decode() if "html" in response.headers["Content-Type"] else ""


def test_every_page_answers(client, site):
    assert {url: client.get(url).status_code for url in pages_of(site) if client.get(url).status_code != 200} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_says_its_language_and_direction(client, site, language):
    for url in pages_of(site, language):
        if html := html_of(client, url):
            assert re.search(rf'<html[^>]*\slang="{language}"[^>]*\sdir="(ltr|rtl)"', html), url


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_sound_html(client, site, language):
    for url in [*pages_of(site, language), *site.lost(language)]:
        response = client.get(url)
        if "html" in response.headers["Content-Type"]:
            html5lib.HTMLParser(strict=True).parse(response.content.decode())


def test_every_page_has_one_headline_and_a_title(client, site):
    for url in [*pages_of(site), *site.lost()]:
        response = client.get(url)
        if "html" in response.headers["Content-Type"]:
            html = response.content.decode()
            assert (html.count("<h1"), html.count("<title>")) == (1, 1), url


def test_no_page_has_inline_script_or_style(client, site):
    for url in [*pages_of(site), *site.lost()]:
        response = client.get(url)
        assert not INLINE.search(response.content.decode()), url


def test_every_form_has_a_real_action(client, site):
    for url in pages_of(site):
        for form in re.findall(r"<form[^>]*>", html_of(client, url)):
            assert re.search(r'action="[^"]+"', form), (url, form)


def test_every_answer_carries_the_security_headers(client, site):
    for url in [*pages_of(site), *site.lost(), "/admin/login/", "/robots.txt"]:
        headers = client.get(url).headers
        assert "default-src 'none'" in headers["Content-Security-Policy"], url
        assert "unsafe" not in headers["Content-Security-Policy"], url
        assert headers["X-Frame-Options"] == "DENY", url
        assert headers["X-Content-Type-Options"] == "nosniff", url
        assert headers["Referrer-Policy"] == "same-origin", url
        assert "geolocation=()" in headers["Permissions-Policy"], url


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("/healthz", "testserver"),
        ("/readyz", "testserver"),
        ("/static/css/site.css", "testserver"),
        ("/en/", "evil.example"),
        ("/no-such/", "testserver"),
        ("/media/no-such.png", "testserver"),
        ("/en/?x=" + "y" * 3000, "testserver"),
        ("/en/petitions/clean-air/sign/", "testserver"),
    ],
)
def test_every_other_answer_may_not_be_framed_or_sniffed(client, db, url, host):
    headers = client.get(url, headers={"host": host}).headers
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_public_page_sets_no_cookie_and_may_be_cached(client, site):
    for url in site.public():
        response = client.get(url)
        assert not response.cookies, url
        assert response.headers["Cache-Control"].startswith("public, max-age="), url
        assert "Cookie" not in response.headers.get("Vary", ""), url


def test_personal_page_is_never_cached_nor_indexed(client, site):
    for url in [*site.personal(), *site.lost()[:2]]:
        response = client.get(url)
        assert "no-store" in response.headers["Cache-Control"], url
        if "html" in response.headers["Content-Type"]:
            assert re.search(r'<meta name="robots" content="noindex', response.content.decode()), url


def test_public_page_is_the_same_bytes_for_everyone(client, site, admin_client):
    for url in site.public():
        assert client.get(url).content == admin_client.get(url).content, url


def test_public_page_shows_nothing_private(client, site):
    for url in site.public():
        html = html_of(client, url)
        for secret in (SECRET_SURNAME, SECRET_ADDRESS, "ugo.private", "follower@", "127.0.0.1", "Not yet read"):
            assert secret not in html, (url, secret)


def row_counts():
    return Counter(
        {model._meta.label: model._default_manager.count() for model in apps.get_models() if model._meta.managed}
    )


def states(site):
    for row in (site.signature, site.pending, site.comment, site.follower):
        row.refresh_from_db()
    return [
        (site.pending.state, site.signature.state, site.signature.mails_stopped_at),
        (site.comment.confirmed_at, site.follower.confirmed_at, site.follower.stopped_at),
    ]


def test_reading_changes_nothing(client, site):
    before = row_counts(), states(site)
    for url in [*pages_of(site), *site.lost()]:
        client.get(url)
        client.head(url)
    assert (row_counts(), states(site)) == before


@override_settings(PAGE_CACHE_SECONDS=60)
def test_page_from_the_cache_asks_the_database_nothing(client, site, django_assert_num_queries):
    for url in site.public():
        if "?city=" in url:  # free text is kept by nobody
            continue
        client.get(url)
        with django_assert_num_queries(0):
            client.get(url)
    caches["pages"].clear()


@override_settings(PAGE_CACHE_SECONDS=60)
def test_value_that_spells_another_parameter_gets_no_others_page(client, site):
    page = f"/en/campaigns/{site.campaign.slug}/call/"
    thanked = client.get(f"{page}?from=KR&done=spoke").content
    assert client.get(f"{page}?from=KR%0Adone=spoke").content != thanked
    assert client.get(f"{page}?from=KR%26done=spoke").content != thanked
    caches["pages"].clear()


def test_unchanged_page_is_not_sent_again(client, site):
    url = site.public()[6]
    etag = client.get(url).headers["ETag"]
    assert client.get(url, headers={"If-None-Match": etag}).status_code == 304


def test_page_is_sent_compressed_to_who_asks(client, site):
    response = client.get(site.public()[6], headers={"Accept-Encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"
    assert len(response.content) < 30_000


def test_root_goes_to_the_language_of_the_browser(client, site):
    assert client.get("/", headers={"Accept-Language": "ko-KR,ko;q=0.9"}).headers["Location"] == "/ko/"


def test_page_names_itself_in_the_other_languages(client, site):
    html = html_of(client, f"/en/campaigns/{site.campaign.slug}/")
    for language in LANGUAGES:
        assert re.search(rf'<a[^>]*href="/{language}/campaigns/{site.campaign.slug}/"', html)
