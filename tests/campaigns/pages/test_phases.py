"""Closed, paused, scheduled: what the public pages of a campaign say, and what they no longer offer."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from campaigns.models import CampaignText
from petitions.models import Follower, Petition, Signature

from ...factories import make_campaign, make_number, make_petition, make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_pages")]
PAGE = "/en/campaigns/milan-daegu/"
LATER = datetime(2099, 12, 3, 12, tzinfo=UTC)


@pytest.fixture
def closed():
    campaign = make_campaign(status="closed", closed_at=timezone.now())
    make_number(campaign.campaign_targets.get().target)
    Petition.objects.update(status="closed", closed_at=timezone.now())
    CampaignText.objects.update(outcome="The Mayor **spoke**.")
    return campaign


def page(client, path=PAGE):
    return client.get(path).content.decode()


class TestClosed:
    def test_page_shows_the_outcome_and_asks_nobody_to_sign(self, client, closed):
        said = page(client)
        assert "<strong>spoke</strong>" in said
        assert "This campaign has ended" in said
        assert 'href="#sign"' not in said
        assert "/sign/" not in said

    @pytest.mark.parametrize("path", ["follow/", "sign/"])
    def test_page_offers_no_form(self, client, closed, path):
        assert path not in page(client)

    @pytest.mark.parametrize("path", ["letter/", "call/"])
    def test_letter_and_call_page_say_that_it_ended_and_are_only_read(self, client, closed, path):
        said = page(client, PAGE + path)
        assert "This campaign has ended." in said
        assert 'method="post"' not in said

    @pytest.mark.parametrize("path", ["letter/", "letter/draft/", "letter/print/"])
    def test_letter_is_not_prepared_any_more(self, client, closed, path):
        assert client.post(PAGE + path, {"name": "Ana"}).status_code in (302, 404)

    def test_page_of_a_petition_that_goes_on_elsewhere_has_no_form_here(self, client, closed):
        Petition.objects.update(status="open", closed_at=None)
        said = page(client)
        assert "Its petition goes on in another campaign." in said
        assert 'action="/en/petitions/milan-daegu/sign/"' not in said

    def test_following_a_petition_that_ended_is_refused(self, client, closed):
        answer = client.post("/en/petitions/milan-daegu/follow/", {"email": "a@mail.example"})
        assert answer.status_code == 409
        assert not Follower.objects.exists()


class TestPaused:
    def test_page_asks_to_come_back(self, client):
        make_campaign()
        Petition.objects.update(status="paused")
        said = page(client)
        assert "This petition is paused" in said
        assert 'href="#sign"' not in said

    def test_refused_signing_says_so(self, client):
        make_petition(status="paused")
        form = {"name": "Ana", "email": "a@mail.example", "country": "IT", "city": "Milano", "visibility": "full"}
        answer = client.post("/en/petitions/clean-air/sign/", form)
        assert answer.status_code == 409
        assert "This petition is paused" in answer.content.decode()
        assert not Signature.objects.exists()


class TestScheduled:
    def test_campaign_is_read_and_says_when_its_petition_opens(self, client):
        make_campaign(petition=make_petition(opened_at=LATER))
        said = page(client)
        assert "This petition opens on December 3, 2099" in said
        assert 'href="#sign"' not in said
        assert "/petitions/" not in said.split("<main", 1)[1]

    def test_campaign_above_a_draft_is_not_found(self, client):
        make_campaign(petition=make_petition(status="draft"))
        assert client.get(PAGE).status_code == 404

    def test_campaign_published_later_is_not_found(self, client):
        make_campaign(published_at=timezone.now() + timedelta(days=1))
        assert client.get(PAGE).status_code == 404


@pytest.mark.parametrize(
    ("fields", "said"),
    [({"status": "paused"}, "This petition is paused."), ({"opened_at": LATER}, "This petition opens on December 3")],
)
def test_card_says_why_nobody_can_sign(client, fields, said):
    make_campaign(petition=make_petition(**fields))
    assert said in page(client, "/en/campaigns/")


@pytest.mark.parametrize("phase", ["scheduled", "paused", "ended"])
def test_each_phase_has_its_word_in_the_organizers_lists(client, phase):
    fields = {
        "scheduled": {"opened_at": LATER},
        "paused": {"status": "paused"},
        "ended": {"closes_at": timezone.now() - timedelta(hours=1)},
    }
    make_petition(**fields[phase])
    client.force_login(make_staff("Organizers"))
    assert f'<td class="field-phase">{phase}</td>' in page(client, "/admin/petitions/petition/")
