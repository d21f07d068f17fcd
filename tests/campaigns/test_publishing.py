"""A campaign's petition: its signers' home, and a first draft of its texts."""

import pytest

from campaigns.models import CampaignText
from campaigns.publishing import settle_page, write_petition
from petitions.models import PetitionText

from ..factories import make_campaign, make_petition

pytestmark = pytest.mark.django_db


def home(petition):
    petition.refresh_from_db()
    return petition.page_path


class TestSettlePage:
    def test_petition_without_home_comes_to_the_campaign(self):
        petition = make_petition()
        settle_page(make_campaign("first", petition=petition))
        assert home(petition) == "campaigns/first/"

    def test_petition_of_two_campaigns_keeps_the_first(self):
        petition = make_petition()
        settle_page(make_campaign("first", petition=petition))
        settle_page(make_campaign("second", petition=petition))
        assert home(petition) == "campaigns/first/"

    def test_home_moves_with_the_campaigns_address(self):
        petition = make_petition(page_path="campaigns/old/")
        settle_page(make_campaign("new", petition=petition), old_slug="old")
        assert home(petition) == "campaigns/new/"

    def test_draft_is_no_home(self):
        petition = make_petition(page_path="campaigns/first/")
        settle_page(make_campaign("first", petition=petition, status="draft"))
        assert home(petition) == ""

    def test_petition_left_by_its_campaign_has_no_home(self):
        left = make_petition("left", page_path="campaigns/first/")
        settle_page(make_campaign("first", petition=make_petition("taken")))
        assert home(left) == ""


class TestWritePetition:
    def test_language_with_headline_summary_and_office_is_written(self):
        campaign = make_campaign(petition=make_petition(languages=()))
        assert write_petition(campaign) == ["en"]
        text = PetitionText.objects.get()
        assert (text.title, text.body, text.addressed_to) == ("Headline of milan-daegu", "A summary.", "Mayor")

    def test_language_without_office_is_left_out(self):
        campaign = make_campaign()
        CampaignText.objects.create(campaign=campaign, language="it", headline="Titolo", summary="Riassunto.")
        assert write_petition(campaign) == []

    def test_existing_text_is_not_touched(self):
        campaign = make_campaign()
        write_petition(campaign)
        assert PetitionText.objects.get().title == "Title milan-daegu (en)"
