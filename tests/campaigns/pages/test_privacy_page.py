"""The privacy page tells what this very site keeps."""

import pytest
from django.test import override_settings
from django.urls import reverse

pytestmark = pytest.mark.django_db


def page(client, **settings):
    with override_settings(PAGE_CACHE_SECONDS=0, **settings):
        return client.get(reverse("campaigns:privacy")).content.decode()


def test_times_of_backups_and_logs_are_those_of_the_settings(client):
    html = page(client, BACKUP_DAYS=90, PROXY_LOG_DAYS=1)
    assert "gone after 90 days" in html
    assert "1 day at most" in html


def test_page_tells_how_long_followers_are_kept(client):
    assert "30 days once you stopped" in page(client)
