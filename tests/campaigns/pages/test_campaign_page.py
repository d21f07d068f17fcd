"""The campaign page in its states."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.models import Campaign, CampaignText
from petitions.models import Petition

from ...factories import make_campaign, make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_pages")]

PAGE = "/en/campaigns/milan-daegu/"


def test_open_campaign_has_its_form_on_the_page(client):
    make_campaign()
    assert 'action="/en/petitions/milan-daegu/sign/"' in client.get(PAGE).content.decode()


def test_closed_campaign_shows_its_outcome_and_no_form(client):
    make_campaign(status="closed", closed_at="2026-01-01T00:00Z")
    Petition.objects.update(status="closed", closed_at="2026-01-01T00:00Z", opened_at="2025-01-01T00:00Z")
    CampaignText.objects.update(outcome="The mayor **has spoken up**.")
    html = client.get(PAGE).content.decode()
    assert "<strong>has spoken up</strong>" in html
    assert "/sign/" not in html


def test_words_that_a_translation_was_made_from_are_not_fetched(client):
    make_campaign()
    with CaptureQueriesContext(connection) as queries:
        client.get(PAGE)
    assert [query for query in queries if "source_words" in query["sql"]] == []


def test_outcome_prepared_before_closing_is_not_shown(client):
    make_campaign()
    CampaignText.objects.update(outcome="The mayor has spoken up.")
    assert "has spoken up" not in client.get(PAGE).content.decode()


@pytest.mark.parametrize("change", [{"status": "draft"}, {"published_at": "2100-01-01T00:00Z"}])
def test_unpublished_campaign_is_not_found(client, change):
    make_campaign()
    Campaign.objects.update(**change)
    assert client.get(PAGE).status_code == 404


def test_organizer_previews_a_draft_and_nobody_else_does(client):
    make_campaign(status="draft")
    assert client.get(PAGE + "?preview").status_code == 404
    client.force_login(make_staff("Organizers"))
    assert client.get(PAGE + "?preview").status_code == 200


def test_two_campaigns_of_one_petition_share_its_signatures(client):
    first = make_campaign()
    make_campaign("milan-busan", petition=first.petition)
    for path in (PAGE, "/en/campaigns/milan-busan/"):
        assert 'action="/en/petitions/milan-daegu/sign/"' in client.get(path).content.decode()


def test_signers_of_a_shared_petition_come_home_to_its_first_campaign(client):
    first = make_campaign()
    make_campaign("milan-busan", petition=first.petition)
    assert client.get("/en/petitions/milan-daegu/").headers["Location"] == PAGE
