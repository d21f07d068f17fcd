"""Targets are found by any of their addresses, campaigns by the mayor and by either city."""

import pytest
from django.urls import reverse

from campaigns.models import Campaign, CityName, Contact, Target
from campaigns.staff.search import found, found_targets, places_of_campaign

from ...factories import make_campaign, make_city, make_staff, make_target

pytestmark = pytest.mark.django_db


@pytest.fixture
def zurich():
    city = make_city("zurich", native_name="Zürich", country="CH")
    CityName.objects.create(city=city, language="ko", name="취리히", also_written="쮜리히")
    return city


@pytest.fixture
def mayor(zurich):
    target = make_target(zurich, name="Corine Mauch", native_name="권영진", email="stadtpraesidentin@zuerich.example")
    for kind, value in [
        ("telephone", "+41 (0)44 412 31-10"),
        ("fax", "+41 44 412 31 50"),
        ("post", "Stadthaus\nStadthausquai 17\n8001 Zürich"),
    ]:
        Contact.objects.create(target=target, kind=kind, value=value)
    make_target(make_city(), email="sindaco@milano.example")
    return target


@pytest.mark.parametrize(
    "term",
    [
        "stadtpraesidentin@ZUERICH.example",
        "+41 44 412 31 10",
        "0041 44/412.31.10",
        "044 412 31 10",
        "044-4123110",
        "＋４１ ４４ ４１２３１１０",
        "412 31 50",
        "Stadthausquai 17, 8001".replace(",", ""),
        "Zürich Stadthausquai",
        "8001",
        "권영진",
        "mauch zurich",
        "ZURICH",
        "Zu\u0308rich",
        "쮜리히",
    ],
)
def test_target_is_found_by(mayor, term):
    assert list(found_targets(Target.objects.all(), term)) == [mayor]


@pytest.mark.parametrize("term", ["412 31 99", "nobody@zuerich.example", "mauch milan", "%", "_"])
def test_target_is_not_found_by(mayor, term):
    assert not found_targets(Target.objects.all(), term).exists()


@pytest.mark.parametrize(
    "term", ["mauch", "권영진", "mayor", "zürich", "취리히", "daegu mauch", "zurich DAEGU", "zurich-daegu"]
)
def test_campaign_is_found_by_mayor_and_by_either_city(zurich, term):
    campaign = make_campaign("zurich-daegu", asked_city=zurich)
    Target.objects.update(name="Corine Mauch", native_name="권영진")
    make_campaign(
        "turin-busan", asked_city=make_city("turin"), other_city=make_city("busan")
    ).campaign_targets.all().delete()
    assert list(found(Campaign.objects.all(), term, places_of_campaign)) == [campaign]


def test_target_with_many_matches_is_listed_once(mayor, client):
    client.force_login(make_staff("Organizers"))
    Contact.objects.create(target=mayor, kind="email", value="office@zuerich.example")
    page = client.get(reverse("admin:campaigns_target_changelist"), {"q": "zuerich"})
    assert list(page.context["cl"].result_list) == [mayor]


@pytest.mark.parametrize("model", ["target", "campaign", "city"])
@pytest.mark.parametrize("term", ["x" * 1900, "a " * 900, "1" * 1900, "\u0308", "\ud7a3", "'\\%_\"("])
def test_any_term_is_answered(client, model, term):
    client.force_login(make_staff("Organizers"))
    make_campaign()
    response = client.get(reverse(f"admin:campaigns_{model}_changelist"), {"q": term})
    assert response.status_code in (200, 414)


def test_term_with_a_nul_is_refused_kindly(client):
    client.force_login(make_staff("Organizers"))
    assert client.get(reverse("admin:campaigns_target_changelist"), {"q": "a\0"}).status_code == 400


@pytest.mark.parametrize("words", [1, 9])
@pytest.mark.parametrize(("model", "statements"), [("target", 10), ("campaign", 9)])
def test_statements_do_not_grow_with_words(client, model, statements, words, django_assert_num_queries):
    client.force_login(make_staff("Organizers"))
    make_campaign()
    url = reverse(f"admin:campaigns_{model}_changelist")
    client.get(url)
    with django_assert_num_queries(statements):
        client.get(url, {"q": "milan " * words})
