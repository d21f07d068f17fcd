"""The privacy page tells who is responsible, and what this very site keeps."""

import pytest
from django.test import override_settings
from django.urls import reverse

pytestmark = pytest.mark.django_db


def page(client, **settings):
    with override_settings(PAGE_CACHE_SECONDS=0, **settings):
        return client.get(reverse("campaigns:privacy")).content.decode()


def test_operator_is_named_with_a_way_to_write(client):
    html = page(client, OPERATOR_NAME="Sisters <Together>", OPERATOR_CONTACT="people@sisters.example")
    assert "Sisters &lt;Together&gt;" in html
    assert 'href="mailto:people@sisters.example"' in html


def test_postal_address_is_no_mail_link(client):
    html = page(client, OPERATOR_NAME="Sisters", OPERATOR_CONTACT="1 Example Street")
    assert "1 Example Street" in html
    assert "mailto:1" not in html


def test_unnamed_operator_leaves_no_empty_heading(client):
    assert "Who runs this site" not in page(client, OPERATOR_NAME="")


def test_times_of_backups_and_logs_are_those_of_the_settings(client):
    html = page(client, BACKUP_DAYS=90, PROXY_LOG_DAYS=1)
    assert "gone after 90 days" in html
    assert "1 day at most" in html


def test_page_tells_how_long_followers_are_kept(client):
    assert "30 days once you stopped" in page(client)
