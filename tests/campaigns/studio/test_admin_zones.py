"""Times in the admin go by the clock of the campaign's asked city, whose zone is named beside them."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from campaigns.models import Update
from petitions.models import Petition

from ...factories import make_campaign, make_city, make_petition, make_staff
from .test_admin_campaigns import campaign_fields, change_url, inline

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def organizer(client):
    client.force_login(make_staff("Organizers"))
    return client


@pytest.fixture(params=["Europe/Rome", "Asia/Seoul"])
def zone(request):
    return request.param


@pytest.fixture
def campaign(zone):
    petition = make_petition(opened_at=NOON)
    return make_campaign(asked_city=make_city("asked", time_zone=zone), published_at=NOON, petition=petition)


CLOCK = {"Europe/Rome": "14:00:00", "Asia/Seoul": "21:00:00"}


def save(organizer, campaign, day, time):
    cities = {"asked_city": campaign.asked_city_id, "other_city": campaign.other_city_id}
    fields = campaign_fields(**cities, petition=campaign.petition_id, status="published", slug=campaign.slug)
    response = organizer.post(
        change_url(campaign), fields | {"published_at_0": day, "published_at_1": time, "initial-status": "published"}
    )
    campaign.refresh_from_db()
    return response


def test_page_shows_and_names_the_zone(organizer, campaign, zone):
    page = organizer.get(change_url(campaign)).content.decode()
    assert f'name="published_at_1" value="{CLOCK[zone]}"' in page
    assert f"{zone}, now " in page
    assert f"Times where no other zone is named: {zone}" in page


def test_typed_time_is_of_the_zone(organizer, campaign, zone):
    assert save(organizer, campaign, "2026-08-01", "09:30:00").status_code == 302
    assert campaign.published_at == datetime(2026, 8, 1, {"Europe/Rome": 7, "Asia/Seoul": 0}[zone], 30, tzinfo=UTC)


def test_saving_what_was_shown_moves_nothing(organizer, campaign, zone):
    assert save(organizer, campaign, "2026-07-01", CLOCK[zone]).status_code == 302
    assert campaign.published_at == NOON


@pytest.mark.parametrize("time", [("2027-03-28", "02:30:00"), ("2026-10-25", "02:30:00")])
def test_hour_in_which_clocks_change_is_asked_about(organizer, time):
    campaign = make_campaign()
    response = save(organizer, campaign, *time)
    assert response.status_code == 200
    assert "The clocks are changed then" in response.content.decode()


def test_hour_that_comes_twice_stays_the_one_it_was(organizer):
    second = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    campaign = make_campaign(published_at=second)
    assert save(organizer, campaign, "2026-10-25", "02:30:00").status_code == 302
    assert campaign.published_at == second


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_day_that_no_calendar_has_elsewhere_is_refused(organizer, day):
    response = save(organizer, make_campaign(), day, "00:30:00")
    assert "Choose a year between" in response.content.decode()


def test_new_campaign_is_typed_in_utc(organizer):
    assert "UTC, now " in organizer.get(reverse("admin:campaigns_campaign_add")).content.decode()


def test_unknown_zone_counts_as_utc(organizer):
    campaign = make_campaign(asked_city=make_city("asked", time_zone="Mars/Olympus"), published_at=NOON)
    assert 'value="12:00:00"' in organizer.get(change_url(campaign)).content.decode()


def test_list_names_the_zone_of_each_time(organizer, campaign, zone):
    page = organizer.get(reverse("admin:campaigns_campaign_changelist")).content.decode()
    assert f'<small class="zone">{zone}</small>' in page


def test_zone_of_one_page_is_not_left_to_the_next(organizer, campaign):
    organizer.get(change_url(campaign))
    assert "no other zone is named: UTC" in organizer.get(reverse("admin:index")).content.decode()


def test_history_goes_by_the_same_clock(organizer, campaign, zone):
    page = organizer.get(reverse("admin:campaigns_campaign_history", args=[campaign.pk])).content.decode()
    assert f"no other zone is named: {zone}" in page


class TestPetition:
    def test_petition_goes_by_its_campaigns_clock(self, organizer, campaign, zone):
        assert f"{zone}, now " in organizer.get(change_url(campaign.petition)).content.decode()

    def test_petition_of_two_zones_goes_by_utc(self, organizer):
        petition = make_petition()
        for number, zone in enumerate(["Europe/Rome", "Asia/Seoul"]):
            make_campaign(f"c{number}", petition=petition, asked_city=make_city(f"a{number}", time_zone=zone))
        assert "UTC, now " in organizer.get(change_url(petition)).content.decode()

    def test_list_names_the_zone(self, organizer, campaign, zone):
        page = organizer.get(reverse("admin:petitions_petition_changelist")).content.decode()
        assert f'<small class="zone">{zone}</small>' in page

    def test_petition_without_campaign_goes_by_utc(self, organizer):
        petition = make_petition("alone")
        assert "UTC, now " in organizer.get(change_url(petition)).content.decode()
        assert Petition.objects.count() == 1


class TestUpdate:
    def test_update_is_typed_by_its_campaigns_clock(self, organizer, campaign, zone):
        update = Update.objects.create(campaign=campaign, published_at=NOON)
        fields = {"campaign": campaign.pk, "published_at_0": "2026-08-01", "published_at_1": "09:30:00"}
        organizer.post(change_url(update), fields | inline("texts"))
        update.refresh_from_db()
        assert update.published_at.hour == {"Europe/Rome": 7, "Asia/Seoul": 0}[zone]

    def test_mailing_page_names_the_zone(self, organizer, campaign, zone):
        update = Update.objects.create(campaign=campaign, published_at=NOON)
        page = organizer.get(reverse("admin:campaigns_update_mail", args=[update.pk])).content.decode()
        assert f"no other zone is named: {zone}" in page
