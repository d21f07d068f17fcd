"""Organizers see how signers write a city, and adopt a spelling with one press."""

from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import reverse

import campaigns.migrations
from campaigns.models import Campaign, City, CityName
from campaigns.reading.page import pages
from campaigns.studio.checklist import missing
from petitions import counting, signing, spellings
from petitions.models import Place, Spelling, StaffAct

from ...factories import make_campaign, make_city, make_signature, make_staff
from .test_admin_campaigns import inline

pytestmark = pytest.mark.django_db
MIGRATIONS = Path(campaigns.migrations.__path__[0])


@pytest.fixture
def organizer(client):
    client.force_login(make_staff("Organizers"))
    return client


@pytest.fixture
def milan():
    return make_city("milan", native_name="Milano")


def signed(campaign, *cities, country="IT"):
    for city in cities:
        signing.confirm(make_signature(campaign.petition, state="pending", city=city, country=country))
    counting.roll_up()
    while spellings.read_new():
        pass


def page_of(city):
    return reverse("admin:campaigns_city_spellings", args=[city.pk])


def asked():
    return pages(Campaign.objects.all(), "en")[0].thermometer.asked


def test_adopted_spelling_moves_the_thermometer_at_once(organizer, milan):
    campaign = make_campaign(asked_city=milan)
    signed(campaign, "Milano", "Milano Lombardia", "Milano Lombardia")
    assert asked() == 1
    answer = organizer.post(page_of(milan), {"adopt": "milano lombardia"}, follow=True)
    assert "counts for Milano from now on: 2 signatures" in answer.content.decode()
    assert asked() == 3
    assert counting.recount() == []
    assert StaffAct.objects.get(verb="adopt").actor_name == "organizers"


def test_press_the_other_button_undoes_it(organizer, milan):
    signed(make_campaign(asked_city=milan), "Milano Lombardia", "Milano Lombardia")
    organizer.post(page_of(milan), {"adopt": "milano lombardia"})
    organizer.post(page_of(milan), {"take_away": "milano lombardia"})
    assert asked() == 0


def test_page_shows_likely_ones_first_and_the_other_ones_after(organizer, milan):
    signed(make_campaign(asked_city=milan), *["Lodi"] * 3, *["Milano Lombardia"] * 2, *["Milnao"] * 2, "Alone")
    html = organizer.get(page_of(milan)).content.decode()
    assert html.index("milano lombardia") < html.index("milnao") < html.index("Not counted, most") < html.index("lodi")
    assert "alone" not in html


def test_page_shows_what_the_rule_counts(organizer, milan):
    signed(make_campaign(asked_city=milan), "Milano Italia", "Milano Italia")
    html = organizer.get(page_of(milan)).content.decode()
    assert 'name="take_away" value="milano italia"' in html


@pytest.mark.parametrize("data", [{}, {"adopt": "nobody wrote this"}, {"adopt": "x" * 101}, {"take_away": "milano"}])
def test_what_the_page_does_not_show_is_not_decided(organizer, milan, data):
    signed(make_campaign(asked_city=milan), "Milano")
    before = Spelling.objects.count()
    answer = organizer.post(page_of(milan), data, follow=True)
    assert "Please look again" in answer.content.decode()
    assert (Spelling.objects.count(), asked()) == (before, 1)


@pytest.mark.parametrize("role", ["Moderators"])
def test_others_do_not_see_it(client, milan, role):
    client.force_login(make_staff(role))
    assert client.get(page_of(milan)).status_code == 403
    assert client.post(page_of(milan), {"adopt": "lodi"}).status_code == 403


def test_checklist_leads_to_the_spellings(milan):
    campaign = make_campaign(asked_city=milan)
    signed(campaign, *["Milano Lombardia"] * 2, *["Lodi"] * 3)
    found = [problem for problem in missing(campaign) if problem.url == page_of(milan)]
    assert [str(problem) for problem in found] == [
        "2 signatures seem to name Milano in a spelling that is not counted."
    ]


def test_pages_of_campaign_and_city_lead_there(organizer, milan):
    campaign = make_campaign(asked_city=milan)
    for page in ("admin:campaigns_campaign_change", "admin:campaigns_city_change"):
        of = campaign if "campaign_change" in page else milan
        assert page_of(milan) in organizer.get(reverse(page, args=[of.pk])).content.decode()


def test_saving_a_city_in_the_admin_settles_its_names(organizer, milan):
    campaign = make_campaign(asked_city=milan)
    signed(campaign, "Mediolanum")
    fields = {
        "slug": "milan",
        "native_name": "Milano",
        "native_language": "it",
        "country": "IT",
        "latitude": "45",
        "longitude": "9",
        "time_zone": "Europe/Rome",
    }
    names = [{"language": "la", "name": "Mediolanum"}]
    kept = CityName.objects.get(city=milan)
    rows = inline("names", {"id": kept.pk, "city": milan.pk, "language": "en", "name": "Milan"}, *names, initial=1)
    answer = organizer.post(reverse("admin:campaigns_city_change", args=[milan.pk]), fields | rows)
    assert answer.status_code == 302, answer.content.decode()
    assert asked() == 1


def test_new_city_counts_from_the_start(organizer):
    fields = {
        "slug": "turin",
        "native_name": "Torino",
        "native_language": "it",
        "country": "IT",
        "latitude": "45",
        "longitude": "7.6",
        "time_zone": "Europe/Rome",
    }
    organizer.post(reverse("admin:campaigns_city_add"), fields | inline("names"))
    assert set(City.objects.get().place.spellings.values_list("key", flat=True)) == {"torino", "turin"}


def test_deleted_city_leaves_its_names_free(organizer, milan):
    organizer.post(reverse("admin:campaigns_city_delete", args=[milan.pk]), {"post": "yes"})
    assert not City.objects.exists()
    assert not Place.objects.exists()


def test_cities_deleted_together_leave_their_names_free(organizer, milan):
    chosen = {"action": "delete_selected", "_selected_action": [milan.pk], "post": "yes"}
    organizer.post(reverse("admin:campaigns_city_changelist"), chosen)
    assert not Place.objects.exists()


def test_region_of_a_city_tells_it_from_its_namesakes():
    make_city("san-antonio", country="US", region="TX")
    assert {"tx", "texas"} <= set(Place.objects.get().beside.split("\n"))


def test_cities_of_the_release_before_become_places():
    cities = [make_city("milan", country="IT", region="MI"), make_city("portland", country="US")]
    cities.append(make_city("portland-maine", native_name="Portland", country="US"))
    before = set(Spelling.objects.values_list("country", "key", "is_counted"))
    City.objects.update(place=None)
    Place.objects.all().delete()
    (name,) = [path.stem for path in MIGRATIONS.glob("*_cities_are_places.py")]
    import_module(f"campaigns.migrations.{name}").settle(apps, None)
    assert set(Spelling.objects.values_list("country", "key", "is_counted")) == before
    assert City.objects.filter(place__isnull=False).count() == len(cities)
