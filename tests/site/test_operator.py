"""Staff and whoever deploys are told as long as nobody stands behind the site."""

import logging

import pytest
from django.core.checks import run_checks
from django.urls import reverse

from campaign_site.checks import operator_is_named, warn_at_start
from petitions.models import Operator

from ..factories import make_staff
from ..petitions.test_operator import SAYS

pytestmark = pytest.mark.django_db


def is_warned():
    return "campaign_site.W001" in [message.id for message in run_checks(include_deployment_checks=True)]


def test_check_of_a_deployment_warns_until_the_operator_is_named():
    assert is_warned()
    Operator.objects.create(**SAYS)
    assert not is_warned()


def test_operator_without_a_responsible_person_is_not_named_in_full():
    Operator.objects.create(**SAYS | {"responsible": ""})
    assert operator_is_named()


def test_start_in_production_warns(caplog):
    with caplog.at_level(logging.WARNING, logger="campaign_site.checks"):
        warn_at_start()
    assert "Nobody stands behind this site" in caplog.text


def test_overview_asks_organizers_until_it_is_filled_in(client):
    client.force_login(make_staff("Organizers"))
    assert "nobody is named yet" in client.get(reverse("admin:index")).content.decode()
    Operator.objects.create(**SAYS)
    assert "nobody is named yet" not in client.get(reverse("admin:index")).content.decode()


def test_overview_asks_moderators_nothing(client):
    client.force_login(make_staff("Moderators"))
    assert "nobody is named yet" not in client.get(reverse("admin:index")).content.decode()
