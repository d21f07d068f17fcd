"""Kept pages: which there are, how many, and who may ask for how many others."""

import pytest
from django.core.cache import caches

from campaigns.models import Campaign
from petitions.throttling import READING_BY_NETWORK, count_in_memory_or_refuse

from ..public_pages import make_site

NETWORK = "127.0.0.0/24"


@pytest.fixture
def kept_site(db, settings):
    settings.PAGE_CACHE_SECONDS = 60
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

    def test_same_city_with_other_spaces_is_one_page(self, client, kept_site, django_assert_num_queries):
        client.get("/en/campaigns/", {"city": "mil an"})
        with django_assert_num_queries(0):
            client.get("/en/campaigns/", {"city": "  mil   an "})

    def test_unknown_city_asks_for_no_campaign(self, client, kept_site, django_assert_num_queries):
        client.get("/en/campaigns/", {"city": "Milan"})
        with django_assert_num_queries(0):
            assert client.get("/en/campaigns/", {"city": "Atlantis"}).status_code == 200

    def test_any_number_of_them_leaves_the_plain_page_kept(self, client, kept_site, django_assert_num_queries):
        client.get(comments(kept_site))
        for key in range(250):
            caches["throttles"].clear()
            client.get(comments(kept_site), {"before": key + 1})
        with django_assert_num_queries(0):
            client.get(comments(kept_site))


class TestLimit:
    @pytest.fixture(autouse=True)
    def used_up(self):
        for _ in range(READING_BY_NETWORK.times):
            count_in_memory_or_refuse(READING_BY_NETWORK, NETWORK)

    def test_one_variant_too_many_is_told_when_to_return(self, client, kept_site):
        response = client.get(comments(kept_site), {"before": 7})
        assert response.status_code == 429
        assert 1 <= int(response.headers["Retry-After"]) <= 61
        assert b"<h1" in response.content

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
