"""The campaign page in its states."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from campaigns.models import Campaign, CampaignText, Update, UpdateText
from petitions.models import Petition

from ...factories import make_campaign, make_signature, make_staff

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


def test_goal_of_the_asked_city_stands_beside_its_count(client):
    make_campaign(asked_city_goal=2000)
    assert "<strong>0</strong> of 2,000 from Milan" in " ".join(client.get(PAGE).content.decode().split())


def test_update_that_changes_the_story_stands_before_it(client):
    campaign = make_campaign()
    for title, changes_story in (("The law has passed", True), ("A newer remark", False)):
        update = Update.objects.create(campaign=campaign, changes_story=changes_story)
        UpdateText.objects.create(update=update, language="en", title=title, body="Words.")
    html = client.get(PAGE).content.decode()
    assert html.index("The law has passed") < html.index('id="story"') < html.index("A newer remark")


def test_latest_signer_is_named_as_they_let_be_shown(client):
    petition = make_campaign().petition
    make_signature(petition, name="Lorenza Prova", confirmed_at=timezone.now() - timedelta(hours=3))
    html = " ".join(client.get(PAGE).content.decode().split())
    assert "<strong><bdi>Lorenza P.</bdi></strong> from <bdi>Milano</bdi> signed 3 hours ago" in html
    assert "Prova" not in html


def test_closed_campaign_announces_nobody(client):
    petition = make_campaign(status="closed", closed_at="2026-01-01T00:00Z").petition
    make_signature(petition, confirmed_at=timezone.now() - timedelta(hours=3))
    assert "hours ago" not in client.get(PAGE).content.decode()
