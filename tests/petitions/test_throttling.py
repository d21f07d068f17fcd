"""Limits are exact, keyed and forgotten."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, time, timedelta
from ipaddress import ip_network

import pytest
from django.db import connection
from django.test import RequestFactory, override_settings
from django.utils import timezone

from petitions.models import ThrottleCount, ThrottleOverride
from petitions.origin import client_network
from petitions.throttling import (
    CHANGEABLE,
    LOGIN_BY_NAME,
    PAPER_BY_NETWORK,
    SIGNING_BY_NETWORK,
    SIGNING_FLOOD,
    Limit,
    ThrottledError,
    count_or_refuse,
    forget_expired,
    in_force,
    overrides,
    signing_wait,
)

TEN_A_DAY = Limit("test", 10, timedelta(days=1), is_fixed=True)


@pytest.mark.django_db(transaction=True)
def test_of_forty_at_once_exactly_the_allowed_pass():
    def attempt(_number):
        try:
            count_or_refuse((TEN_A_DAY, "203.0.113.0/24"))
        except ThrottledError:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(max_workers=20) as pool:
        assert sum(pool.map(attempt, range(40))) == 10


@pytest.mark.django_db
def test_key_does_not_hold_the_subject():
    count_or_refuse((TEN_A_DAY, "203.0.113.0/24"))
    key = ThrottleCount.objects.get().key
    assert len(key) == 64
    assert set(key) <= set("0123456789abcdef")


@pytest.mark.django_db
def test_refusal_says_when_to_come_back():
    for _ in range(10):
        count_or_refuse((TEN_A_DAY, "x"))
    with pytest.raises(ThrottledError) as refused:
        count_or_refuse((TEN_A_DAY, "x"))
    assert 0 < refused.value.retry_after <= 24 * 3600


@pytest.mark.django_db
def test_several_limits_take_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        count_or_refuse((TEN_A_DAY, "x"), (Limit("other", 1, timedelta(hours=1), is_fixed=True), "y"))


@pytest.mark.django_db
def test_counts_of_past_windows_are_forgotten():
    ThrottleCount.objects.create(key="old", count=1, expires_at=timezone.now() - timedelta(seconds=1))
    assert forget_expired() == 1


@pytest.mark.parametrize(
    ("remote", "forwarded", "network"),
    [
        ("203.0.113.9", "", "203.0.113.0/24"),
        ("2001:db8:1:2ff::1", "", "2001:db8:1:200::/56"),
        ("203.0.113.9", "198.51.100.7", "203.0.113.0/24"),
        ("10.0.0.1", "192.0.2.1, 198.51.100.7", "198.51.100.0/24"),
        ("10.0.0.1", "192.0.2.1, 198.51.100.7, 10.0.0.2", "198.51.100.0/24"),
        ("10.0.0.1", "not an address", "10.0.0.0/24"),
        ("::ffff:203.0.113.9", "", "203.0.113.0/24"),
        ("", "198.51.100.7", "unknown"),
    ],
)
def test_network_is_read_from_trusted_proxies_only(remote, forwarded, network):
    request = RequestFactory().get("/", REMOTE_ADDR=remote, HTTP_X_FORWARDED_FOR=forwarded)
    with override_settings(TRUSTED_PROXIES=(ip_network("10.0.0.0/8"),)):
        assert client_network(request) == network


@pytest.mark.django_db
class TestOverrides:
    def override(self, limit, times, minutes):
        ThrottleOverride.objects.update_or_create(name=limit.name, defaults={"times": times, "minutes": minutes})
        overrides.forget()

    def test_number_given_by_organizers_holds(self):
        self.override(PAPER_BY_NETWORK, 1, 10)
        count_or_refuse((PAPER_BY_NETWORK, "x"))
        with pytest.raises(ThrottledError):
            count_or_refuse((PAPER_BY_NETWORK, "x"))

    def test_window_given_by_organizers_holds(self):
        self.override(PAPER_BY_NETWORK, 1, 24 * 60)
        count_or_refuse((PAPER_BY_NETWORK, "x"))
        window = in_force(PAPER_BY_NETWORK).window
        assert window == timedelta(days=1)
        assert ThrottleCount.objects.get().expires_at.astimezone(UTC).time() == time()

    def test_doors_of_staff_keep_theirs(self):
        self.override(LOGIN_BY_NAME, 1_000_000, 1)
        assert in_force(LOGIN_BY_NAME) == LOGIN_BY_NAME

    def test_name_that_no_limit_has_changes_nothing(self):
        ThrottleOverride.objects.create(name="gone", times=1, minutes=1)
        assert in_force(PAPER_BY_NETWORK) == PAPER_BY_NETWORK

    def test_every_changeable_limit_says_whose_it_is(self):
        assert all(limit.about for limit in CHANGEABLE.values())
        assert "sign-network" in CHANGEABLE
        assert "login-name" not in CHANGEABLE


@pytest.mark.django_db
def test_beyond_the_gentle_limit_a_person_looks_and_beyond_the_flood_nothing_passes():
    for _ in range(SIGNING_BY_NETWORK.times):
        assert signing_wait("203.0.113.0/24", "a@mail.example")[1] is False
    assert signing_wait("203.0.113.0/24", "a@mail.example")[1] is True
    ThrottleCount.objects.update(count=SIGNING_FLOOD.times)
    with pytest.raises(ThrottledError):
        signing_wait("203.0.113.0/24", "b@mail.example")
