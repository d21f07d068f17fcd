"""Kept pages: which there are, how many, and who may ask for how many others."""

import gzip
from typing import Any

import pytest
from django.core.cache import caches

from campaigns.models import Campaign
from petitions.throttling import READING_BY_NETWORK, count_in_memory_or_refuse, overrides

from ..public_pages import make_site

NETWORK = "127.0.0.0/24"


@pytest.fixture
def kept_site(db, settings):
    settings.PAGE_CACHE_SECONDS = 600
    return make_site()


def call_page(site):
    return f"/en/campaigns/{site.campaign.slug}/call/"


def comments(site):
    return f"/en/petitions/{site.campaign.petition.slug}/comments/"


class TestVariants:
    @pytest.mark.parametrize("query", ["?from=ZZ", "?zone=nowhere", "?done=x", "?unknown=1", "?from=", "?FROM=KR"])
    def test_what_says_nothing_is_the_plain_page(self, client, kept_site, django_assert_num_queries, query):
        plain = client.get(call_page(kept_site)).content
        with django_assert_num_queries(0):
            assert client.get(call_page(kept_site) + query).content == plain

    @pytest.mark.parametrize("value", ["x", "-1", "0x1", "9" * 30, "\u0661"])
    def test_reply_to_no_key_is_the_plain_page(self, client, kept_site, django_assert_num_queries, value):
        plain = client.get(comments(kept_site)).content
        with django_assert_num_queries(0):
            assert client.get(comments(kept_site), {"reply_to": value}).content == plain

    @pytest.mark.parametrize("city", ["Milan", "Atlantis", "%"])
    def test_free_text_is_kept_by_nobody(self, client, kept_site, city):
        overrides.get()
        held = {name: set(memory(name)._cache) for name in ("pages", "variants", "default")}
        assert client.get("/en/campaigns/", {"city": city}).status_code == 200
        assert {name: set(memory(name)._cache) for name in held} == held

    def test_unknown_city_asks_for_no_campaign(self, client, kept_site, django_assert_num_queries):
        overrides.get()
        with django_assert_num_queries(1):
            assert client.get("/en/campaigns/", {"city": "Atlantis"}).status_code == 200

    def test_any_number_of_them_leaves_the_plain_page_kept(self, client, kept_site, django_assert_num_queries):
        client.get(comments(kept_site))
        for key in range(250):
            caches["throttles"].clear()
            client.get(comments(kept_site), {"before": key + 1})
        with django_assert_num_queries(0):
            client.get(comments(kept_site))


def memory(name: str) -> Any:
    return caches[name]


class TestRoom:
    """How much is kept, and who may push it out."""

    def test_three_hundred_campaigns_in_thirteen_languages_fit(self, client, kept_site):
        path = f"/en/campaigns/{kept_site.campaign.slug}/"
        assert client.get(path).status_code == 200
        long_story = 6_000  # compressed
        page = memory("pages").held_bytes + long_story
        assert 300 * 13 * page < memory("pages")._max_bytes
        assert memory("pages")._max_entries > 300 * 13 * 2

    @pytest.mark.parametrize(
        "junk", ["/en/campaigns/no-{}/", "/en/campaigns/?utm={}", "/en/?q={}", "/en/petitions/no-{}/", "/no/{}/"]
    )
    def test_junk_addresses_take_no_room(self, client, kept_site, junk):
        for path in ("/en/", "/en/campaigns/"):
            client.get(path)
        held = set(memory("pages")._cache)
        for number in range(20):
            client.get(junk.format(number))
        assert set(memory("pages")._cache) == held

    def test_other_caches_full_leave_pages_alone(self, client, kept_site, django_assert_num_queries):
        client.get("/en/campaigns/")
        for name in ("default", "throttles", "variants"):
            for number in range(memory(name)._max_entries + 10):
                caches[name].set(f"junk{number}", "x")
        with django_assert_num_queries(0):
            client.get("/en/campaigns/")

    def test_browser_without_gzip_gets_the_same_page(self, client, kept_site):
        zipped = client.get("/en/campaigns/", headers={"Accept-Encoding": "gzip"})
        plain = client.get("/en/campaigns/")
        assert gzip.decompress(zipped.content) == plain.content
        assert int(plain.headers["Content-Length"]) == len(plain.content)


class TestLimit:
    @pytest.fixture(autouse=True)
    def used_up(self, db):
        for _ in range(READING_BY_NETWORK.times):
            count_in_memory_or_refuse(READING_BY_NETWORK, NETWORK)

    def test_one_variant_too_many_is_told_when_to_return(self, client, kept_site):
        response = client.get(comments(kept_site), {"before": 7})
        assert response.status_code == 429
        assert 1 <= int(response.headers["Retry-After"]) <= 61
        assert b"<h1" in response.content

    def test_search_for_a_city_is_limited_too(self, client, kept_site):
        assert client.get("/en/campaigns/", {"city": "Milan"}).status_code == 429

    def test_plain_page_is_shown_however_many_were_asked_for(self, client, kept_site):
        assert client.get(comments(kept_site)).status_code == 200

    def test_other_network_is_served(self, client, kept_site):
        assert client.get(comments(kept_site), {"before": 7}, REMOTE_ADDR="203.0.113.9").status_code == 200

    def test_kept_variant_is_served(self, client, kept_site):
        client.get(comments(kept_site), {"before": 7}, REMOTE_ADDR="203.0.113.9")
        assert client.get(comments(kept_site), {"before": 7}).status_code == 200


def test_page_no_longer_public_is_forgotten(client, kept_site, settings):
    path = f"/en/campaigns/{kept_site.campaign.slug}/"
    client.get(path)
    settings.PAGE_CACHE_SECONDS = 0
    Campaign.objects.update(status=Campaign.Status.DRAFT)
    assert client.get(path).status_code == 404
    settings.PAGE_CACHE_SECONDS = 60
    assert client.get(path).status_code == 404
