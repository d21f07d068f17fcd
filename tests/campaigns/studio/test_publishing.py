"""A campaign's life and its petition's: steps, its signers' home, and a first draft of its texts."""

import pytest
from django.utils import timezone

from campaigns.models import Campaign, CampaignText
from campaigns.studio import publishing
from campaigns.studio.petition_draft import write_petitions
from campaigns.studio.publishing import settle_page
from petitions.lifecycle import StepRefusedError
from petitions.models import Petition, PetitionText, StaffAct

from ...factories import make_campaign, make_petition, make_staff

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


def write_petition(*campaigns):
    written = write_petitions(Campaign.objects.filter(pk__in=[each.pk for each in campaigns]))
    return [written[each] for each in campaigns]


class TestWritePetition:
    def test_language_with_headline_summary_and_office_is_written(self):
        campaign = make_campaign(petition=make_petition(languages=()))
        assert write_petition(campaign) == [["en"]]
        text = PetitionText.objects.get()
        assert (text.title, text.body, text.addressed_to) == ("Headline of milan-daegu", "A summary.", "Mayor")

    def test_translation_knows_what_it_was_made_from(self):
        campaign = make_campaign(petition=make_petition(languages=()))
        CampaignText.objects.create(campaign=campaign, language="it", headline="Titolo", summary="Riassunto.")
        campaign.campaign_targets.get().target.texts.create(language="it", office="Sindaco")
        write_petition(campaign)
        assert PetitionText.objects.get(language="it").source_words["title"] == "Headline of milan-daegu"

    def test_language_without_office_is_left_out(self):
        campaign = make_campaign()
        CampaignText.objects.create(campaign=campaign, language="it", headline="Titolo", summary="Riassunto.")
        assert write_petition(campaign) == [[]]

    def test_existing_text_is_not_touched(self):
        campaign = make_campaign()
        write_petition(campaign)
        assert PetitionText.objects.get().title == "Title milan-daegu (en)"

    def test_petition_of_two_campaigns_is_written_once(self):
        petition = make_petition(languages=())
        written = write_petition(make_campaign("first", petition=petition), make_campaign("second", petition=petition))
        assert sorted(written) == [[], ["en"]]
        assert PetitionText.objects.count() == 1

    @pytest.mark.parametrize("number", [1, 3])
    def test_statements_do_not_grow_with_campaigns(self, number, django_assert_num_queries):
        campaigns = [make_campaign(f"c{n}", petition=make_petition(f"c{n}", languages=())) for n in range(number)]
        with django_assert_num_queries(6):
            write_petition(*campaigns)


@pytest.fixture
def organizer():
    return make_staff("Organizers")


def states():
    return Campaign.objects.get(slug="milan-daegu").status, Petition.objects.get().status


class TestSteps:
    def test_publishing_opens_a_petition_that_was_a_draft(self, organizer):
        campaign = make_campaign(
            status="draft", published_at=None, petition=make_petition(status="draft", opened_at=None)
        )
        publishing.publish(campaign, organizer)
        assert states() == ("published", "open")
        assert home(campaign.petition) == "campaigns/milan-daegu/"

    def test_petition_without_text_stays_a_draft(self, organizer):
        petition = make_petition(status="draft", opened_at=None, languages=())
        publishing.publish(make_campaign(status="draft", published_at=None, petition=petition), organizer)
        assert states() == ("published", "draft")

    def test_closing_closes_the_petition_too(self, organizer):
        publishing.close(make_campaign(), organizer)
        assert states() == ("closed", "closed")

    def test_petition_of_another_published_campaign_stays_open(self, organizer):
        campaign = make_campaign()
        make_campaign("turin-busan", petition=campaign.petition)
        publishing.close(campaign, organizer)
        assert states() == ("closed", "open")

    def test_signers_come_home_to_the_campaign_that_goes_on(self, organizer):
        campaign = make_campaign()
        make_campaign("turin-busan", petition=campaign.petition)
        publishing.close(campaign, organizer)
        assert home(campaign.petition) == "campaigns/turin-busan/"

    def test_petition_left_open_is_closed_by_one_act(self, organizer):
        campaign = make_campaign(status="closed", closed_at=timezone.now())
        publishing.close_left_petition(campaign, organizer)
        assert states() == ("closed", "closed")

    def test_petition_that_another_campaign_needs_is_not_closed(self, organizer):
        campaign = make_campaign(status="closed", closed_at=timezone.now())
        make_campaign("turin-busan", petition=campaign.petition)
        with pytest.raises(StepRefusedError):
            publishing.close_left_petition(campaign, organizer)
        assert states() == ("closed", "open")

    def test_reopening_takes_signatures_again(self, organizer):
        campaign = make_campaign()
        publishing.close(campaign, organizer)
        publishing.reopen(campaign, organizer)
        assert states() == ("published", "open")
        assert Campaign.objects.get().closed_at is None

    def test_every_step_is_logged(self, organizer):
        publishing.close(make_campaign(), organizer)
        acts = StaffAct.objects.values_list("actor_name", "verb", "object_kind")
        assert set(acts) == {("organizers", "close", "campaign"), ("organizers", "close", "petition")}

    def test_closing_twice_is_refused(self, organizer):
        campaign = make_campaign()
        publishing.close(campaign, organizer)
        with pytest.raises(StepRefusedError):
            publishing.close(Campaign.objects.get(), organizer)
