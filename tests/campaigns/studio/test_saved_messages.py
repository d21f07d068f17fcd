"""Saving is told in one message, and whatever is still to be looked at makes it a warning."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from ...factories import make_call_script, make_campaign, make_petition, make_staff
from .test_admin_campaigns import campaign_fields, change_url, inline

pytestmark = pytest.mark.django_db


@pytest.fixture
def organizer(client):
    client.force_login(make_staff("Organizers"))
    return client


def said(response):
    assert response.status_code == 302
    (message,) = get_messages(response.wsgi_request)
    return message.level_tag, str(message)


def publish(organizer, **petition):
    campaign = make_campaign(status="draft", published_at=None, petition=make_petition(**petition))
    cities = {"asked_city": campaign.asked_city_id, "other_city": campaign.other_city_id}
    fields = campaign_fields(**cities, petition=campaign.petition_id, slug=campaign.slug, status="published")
    return said(organizer.post(change_url(campaign), fields | {"initial-status": "draft"}))


def test_step_is_told_with_the_saving(organizer):
    level, words = publish(organizer)
    assert level == "success"
    assert "was changed successfully" in words
    assert words.endswith("The campaign is published. The petition takes signatures.")


def test_campaign_that_readers_still_do_not_see_is_a_warning(organizer):
    level, words = publish(organizer, status="draft", opened_at=None, languages=())
    assert level == "warning"
    assert "Its petition is still a draft" in words


def test_campaign_whose_petition_is_paused_is_a_warning(organizer):
    assert publish(organizer, status="paused")[0] == "warning"


def test_saved_words_to_look_at_are_a_warning(organizer):
    script = make_call_script({"en": "Hello."}, campaign=make_campaign())
    rows = [{"id": script.texts.get().pk, "language": "en", "words": "Hello."}, {"language": "it", "words": "A\nB"}]
    fields = {"name": "Call", "campaign": script.campaign_id, "position": 0}
    level, words = said(organizer.post(change_url(script), fields | inline("texts", *rows, initial=1)))
    assert level == "warning"
    assert "was changed successfully. The texts differ in their number of lines" in words.replace("”", "").replace(
        "  ", " "
    )


def test_plain_saving_is_a_success(organizer):
    script = make_call_script({"en": "Hello."}, campaign=make_campaign())
    rows = [{"id": script.texts.get().pk, "language": "en", "words": "Good day."}]
    fields = {"name": "Call", "campaign": script.campaign_id, "position": 0}
    assert said(organizer.post(change_url(script), fields | inline("texts", *rows, initial=1)))[0] == "success"


def test_closing_a_left_petition_says_so_once(organizer):
    campaign = make_campaign(status="closed", closed_at="2026-01-01T00:00Z")
    url = reverse("admin:campaigns_campaign_close_petition", args=[campaign.pk])
    assert said(organizer.post(url))[0] == "success"
