"""What signatures share is counted by the hour, what stands out is found, and neither is kept for long."""

from datetime import timedelta

import pytest
from django.utils import timezone

from petitions import retention
from petitions.integrity import findings, trends
from petitions.mail.rendering import rendered
from petitions.models import OutboxMail, Signature, TrendCount, TrendFinding, TrendMark

from ...factories import make_petition, make_signature, make_staff

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def petition():
    return make_petition()


@pytest.fixture
def read(db):
    """Read all that was signed since, as the worker would once it is long enough ago."""

    def ready():
        trends.fill()
        TrendMark.objects.update(ready_at=timezone.now() - 2 * HOUR)
        while trends.fill():
            TrendMark.objects.update(ready_at=timezone.now() - 2 * HOUR)

    trends.fill()
    return lambda: [ready() for _round in range(2)]


def counted(dimension):
    return dict(TrendCount.objects.filter(dimension=dimension).values_list("key", "count"))


def this_hour():
    return timezone.now().replace(minute=0, second=0, microsecond=0)


def history(petition, dimension, shares, hours=10, total=100):
    """The same shares in each of the hours before this one."""
    keys = shares | {"": total - sum(shares.values())}
    TrendCount.objects.bulk_create(
        TrendCount(petition=petition, hour=this_hour() - n * HOUR, dimension=dimension, key=key, count=count)
        for n in range(3, hours + 3)
        for key, count in keys.items()
        if count
    )


def now(petition, dimension, counts):
    TrendCount.objects.bulk_create(
        TrendCount(petition=petition, hour=this_hour(), dimension=dimension, key=key, count=count)
        for key, count in counts.items()
    )


class TestCounting:
    def test_each_signature_is_in_one_key_of_each_dimension(self, petition, read):
        make_signature(petition, email="a@bots.example", network_hash="a1", country="IT", language="it")
        make_signature(petition, name="Qwerty", state="pending", country="IT", language="ko")
        read()
        assert counted("domain") == {"bots.example": 1, "mail.example": 1}
        assert counted("network") == {"a1": 1, "": 1}
        assert counted("name") == {"": 1, "keyboard": 1}
        assert counted("language") == {"": 1, "ko-IT": 1}
        assert counted("delay") == {"5": 1, "later": 1}
        assert counted("country") == {"IT": 2}

    def test_reading_on_counts_nothing_twice(self, petition, read):
        make_signature(petition)
        read()
        make_signature(petition)
        read()
        read()
        assert counted("country") == {"IT": 2}

    def test_what_was_signed_just_now_is_not_read_yet(self, petition):
        trends.fill()
        make_signature(petition)
        trends.fill()
        assert counted("country") == {}

    def test_signatures_of_before_are_never_read(self, petition, read):
        make_signature(petition)
        TrendMark.objects.all().delete()
        trends.fill()
        read()
        assert counted("country") == {}

    def test_more_rows_than_a_round_takes_are_read_in_several(self, petition, read, monkeypatch):
        monkeypatch.setattr(trends, "ROWS_A_ROUND", 2)
        for _n in range(5):
            make_signature(petition)
        read()
        assert counted("country") == {"IT": 5}

    def test_keys_without_end_are_kept_as_one(self, petition, read, monkeypatch):
        monkeypatch.setattr(trends, "KEYS_A_ROUND", 3)
        for n in range(6):
            make_signature(petition, email=f"a@d{n}.example")
        read()
        assert counted("domain")["*"] == 3
        assert len(counted("domain")) == 4

    def test_hours_that_are_over_keep_what_most_share(self, petition, monkeypatch):
        monkeypatch.setattr(trends, "KEYS_AN_HOUR", 1)
        history(petition, "domain", {"many.example": 50, "few.example": 2, "one.example": 1}, hours=1)
        trends.merge_rare()
        assert counted("domain") == {"many.example": 50, "*": 3, "": 47}

    def test_same_name_many_times_is_told_without_the_name(self, petition, read):
        for _n in range(5):
            make_signature(petition, name="Jane Roe")
        read()
        assert counted("name") == {"same": 5}


class TestFinding:
    def test_domain_that_suddenly_has_most_of_an_hour_is_found(self, petition):
        history(petition, "domain", {"mail.example": 60})
        now(petition, "domain", {"bots.example": 400, "mail.example": 60})
        findings.judge()
        found = TrendFinding.objects.get()
        assert (found.key, found.count, found.of_total, found.usual_percent) == ("bots.example", 400, 460, 0)
        assert "400 of 460 signatures" in found.sentence

    def test_what_is_always_so_is_not_found(self, petition):
        history(petition, "domain", {"mail.example": 60})
        now(petition, "domain", {"mail.example": 600, "": 300})
        assert not findings.judge()

    def test_few_are_not_found(self, petition):
        history(petition, "domain", {"mail.example": 60})
        now(petition, "domain", {"bots.example": 29})
        assert not findings.judge()

    def test_what_swings_every_hour_must_swing_more(self, petition):
        for n in range(3, 13):
            key = {"IT": 90, "KR": 10} if n % 2 else {"IT": 50, "KR": 50}
            TrendCount.objects.bulk_create(
                TrendCount(petition=petition, hour=this_hour() - n * HOUR, dimension="country", key=k, count=c)
                for k, c in key.items()
            )
        now(petition, "country", {"IT": 100, "KR": 100})
        assert not findings.judge()

    def test_without_a_history_only_networks_are_found(self, petition):
        now(petition, "domain", {"bots.example": 400})
        now(petition, "network", {"a1b2": 400})
        findings.judge()
        assert TrendFinding.objects.get().dimension == "network"

    def test_it_is_told_once_a_day_with_a_link_to_a_filled_form(self, client, petition):
        staff = make_staff("Organizers")
        type(staff).objects.filter(pk=staff.pk).update(email="org@mail.example")
        make_staff("Moderators")
        now(petition, "network", {"a1b2a1b2a1b2a1b2": 400})
        assert findings.judge() == 1
        assert findings.judge() == 0
        mail = rendered(OutboxMail.objects.get(kind="findings"))
        assert mail.to == ["org@mail.example"]
        url = next(word for word in mail.body.split() if "network_hash=a1b2a1b2a1b2a1b2" in word)
        client.force_login(staff)
        html = client.get(url.removeprefix("http://localhost:8000")).content.decode()
        assert 'value="a1b2a1b2a1b2a1b2"' in html

    def test_list_tells_each_in_a_sentence(self, client, petition):
        now(petition, "network", {"a1b2": 400})
        findings.judge()
        client.force_login(make_staff("Organizers"))
        assert "came from one network" in client.get("/admin/petitions/trendfinding/").content.decode()


class TestForgetting:
    def test_counts_and_findings_are_gone_after_a_month(self, petition):
        now(petition, "network", {"a1b2": 400})
        findings.judge()
        retention.forget()
        assert TrendCount.objects.exists()
        TrendCount.objects.update(hour=timezone.now() - timedelta(days=31))
        TrendFinding.objects.update(found_at=timezone.now() - timedelta(days=31))
        retention.forget()
        assert not TrendCount.objects.exists()
        assert not TrendFinding.objects.exists()

    def test_network_of_a_signature_is_gone_after_a_month_and_no_later_one(self, petition, monkeypatch):
        monkeypatch.setattr(retention, "ROWS_A_BATCH", 2)
        for _n in range(3):
            make_signature(petition, network_hash="a1")
        retention.forget_networks()
        TrendMark.objects.update(ready_at=timezone.now() - timedelta(days=31), purpose="day 2026-01-01")
        young = make_signature(petition, network_hash="a1")
        while retention.forget_networks():
            pass
        assert Signature.objects.get(network_hash="a1") == young
