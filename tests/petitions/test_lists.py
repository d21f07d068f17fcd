"""Block, watch and allow lists: what may stand in them, and whom they catch."""

import time
from datetime import timedelta
from ipaddress import ip_address

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils import timezone

from petitions import counting, rejudging, signing
from petitions.list_patterns import checked_pattern
from petitions.lists import kept_lists, read_lists
from petitions.models import DomainRule, ListEntry, Signature, StaffAct
from petitions.rejudging import StillHoldsError, rejudge

from ..factories import make_entry, make_petition, make_signature
from .test_signing import details

pytestmark = pytest.mark.django_db


def reason_for(email, client=None):
    return read_lists().verdict(email, ip_address(client) if client else None).held_reason


class TestPatterns:
    @pytest.mark.parametrize(
        ("about", "typed", "kept"),
        [
            ("domain", " Spam.Example. ", "spam.example"),
            ("domain", "@spam.example", "spam.example"),
            ("domain", "*.spam.example", "*.spam.example"),
            ("domain", "straße.example", "xn--strae-oqa.example"),
            ("domain", "mail.co.uk", "mail.co.uk"),
            ("address", "Robot@Spam.Example", "robot@spam.example"),
            ("network", "203.0.113.77/24", "203.0.113.0/24"),
            ("network", "203.0.113.9", "203.0.113.9/32"),
            ("network", "2001:DB8::/48", "2001:db8::/48"),
            ("network", "::ffff:203.0.113.0/120", "203.0.113.0/24"),
        ],
    )
    def test_entry_is_kept_in_one_spelling(self, about, typed, kept):
        assert checked_pattern(about, typed) == kept

    @pytest.mark.parametrize(
        ("about", "typed"),
        [
            ("domain", "*"),
            ("domain", "*.com"),
            ("domain", "com"),
            ("domain", "*.co.uk"),
            ("domain", "*.*"),
            ("domain", "spam*.example"),
            ("domain", "a.*.example"),
            ("domain", "(a+)+$"),
            ("domain", "two words.example"),
            ("domain", "203.0.113.9"),
            ("domain", "[203.0.113.9]"),
            ("domain", ""),
            ("address", "*@spam.example"),
            ("address", "spam.example"),
            ("network", "0.0.0.0/0"),
            ("network", "10.0.0.0/8"),
            ("network", "::/0"),
            ("network", "2000::/3"),
            ("network", "203.0.113.0/33"),
            ("network", "203.0.113.0/-1"),
            ("network", "203.0.113"),
            ("network", "*"),
            ("network", "\u202e203.0.113.0/24"),
            ("network", "1" * 250),
            ("domain", "a" * 100_000),
            ("network", "9" * 100_000),
        ],
    )
    def test_what_catches_too_much_or_nothing_is_refused(self, about, typed):
        with pytest.raises(ValidationError):
            checked_pattern(about, typed)

    def test_domain_is_listed_under_the_name_it_is_compared_by(self):
        assert DomainRule.objects.filter(domain="googlemail.com", alias_of="gmail.com").exists()
        assert checked_pattern("domain", "googlemail.com") == "gmail.com"


class TestMatching:
    @pytest.mark.parametrize(
        ("pattern", "email", "is_held"),
        [
            ("spam.example", "a@spam.example", True),
            ("spam.example", "a@deep.down.spam.example", True),
            ("spam.example", "a@notspam.example", False),
            ("spam.example", "a@spam.example.org", False),
            ("*.spam.example", "a@mx.spam.example", True),
            ("*.spam.example", "a@spam.example", False),
            ("robot@mail.example", "robot@mail.example", True),
            ("robot@mail.example", "other@mail.example", False),
        ],
    )
    def test_domain_and_address(self, pattern, email, is_held):
        make_entry(pattern)
        assert bool(reason_for(email)) is is_held

    @pytest.mark.parametrize(
        ("pattern", "client", "is_held"),
        [
            ("203.0.113.0/24", "203.0.113.255", True),
            ("203.0.113.0/24", "203.0.114.0", False),
            ("203.0.113.9/32", "203.0.113.9", True),
            ("203.0.113.9/32", "203.0.113.10", False),
            ("2001:db8::/32", "2001:db8:ffff::1", True),
            ("2001:db8::/32", "2001:db9::1", False),
            ("203.0.113.0/24", "::cb00:7109", False),
            ("203.0.113.0/24", None, False),
        ],
    )
    def test_network(self, pattern, client, is_held):
        make_entry(pattern)
        assert (reason_for("a@mail.example", client) == "network") is is_held

    def test_wide_and_narrow_networks_are_both_seen(self):
        make_entry("198.51.0.0/16")
        make_entry("198.51.100.0/24", kind="allow")
        assert reason_for("a@mail.example", "198.51.7.1") == "network"
        assert reason_for("a@mail.example", "198.51.100.1") == ""

    def test_narrowest_entry_is_named(self):
        make_entry("203.0.113.0/24")
        make_entry("spam.example")
        address = make_entry("robot@spam.example")
        verdict = read_lists().verdict("robot@spam.example", ip_address("203.0.113.1"))
        assert (verdict.held_reason, verdict.held_by) == ("address", address.pk)

    def test_watched_one_counts_and_is_marked(self):
        make_entry("spam.example", kind="watch")
        verdict = read_lists().verdict("a@spam.example")
        assert (verdict.held_reason, verdict.mark) == ("", "watched domain")

    def test_entry_ends_while_it_is_remembered(self, monkeypatch):
        make_entry("spam.example", ends_at=timezone.now() + timedelta(minutes=1))
        lists = read_lists()
        assert lists.verdict("a@spam.example").held_reason
        later = timezone.now() + timedelta(minutes=2)
        monkeypatch.setattr("petitions.lists.timezone.now", lambda: later)
        assert not lists.verdict("a@spam.example").held_reason

    def test_change_is_seen_and_nothing_is_read_twice(self, django_assert_num_queries):
        entry = make_entry("spam.example")
        assert kept_lists.get().verdict("a@spam.example").held_reason
        with django_assert_num_queries(0):
            kept_lists.get()
        cache.clear()
        with django_assert_num_queries(1):  # nothing changed
            kept_lists.get()
        ListEntry.objects.filter(pk=entry.pk).update(kind="allow")
        kept_lists.forget()
        assert kept_lists.get().verdict("a@spam.example").is_allowed

    def test_ten_thousand_entries_cost_no_more_than_ten(self):
        client = ip_address("203.0.113.9")

        def seconds():
            lists = read_lists()
            best = []
            for _ in range(5):
                start = time.perf_counter()
                for number in range(200):
                    lists.verdict(f"a{number}@mx{number}.mail.example", client)
                best.append(time.perf_counter() - start)
            return min(best)

        kinds = {"kind": "block", "comment": "-"}
        few = seconds()
        ListEntry.objects.bulk_create(
            [ListEntry(about="domain", pattern=f"spam{number}.example", **kinds) for number in range(4000)]
            + [ListEntry(about="address", pattern=f"robot{number}@mail.example", **kinds) for number in range(3000)]
            + [
                ListEntry(about="network", pattern=f"10.{number // 256}.{number % 256}.0/24", **kinds)
                for number in range(3000)
            ]
        )
        assert seconds() < 5 * few + 0.01


class TestSigning:
    def sign(self, petition, email="elena@spam.example", client=None):
        address = ip_address(client) if client else None
        return signing.sign(petition, petition.text("en"), details(email=email), network=client, client=address)

    def test_blocked_one_is_held_by_its_entry(self):
        entry = make_entry("spam.example")
        self.sign(make_petition())
        signature = Signature.objects.get()
        assert (signature.state, signature.held_reason, signature.held_by) == ("pending", "domain", entry.pk)

    def test_blocked_network_holds_and_is_not_stored(self):
        make_entry("203.0.113.0/24")
        self.sign(make_petition(), client="203.0.113.7")
        signature = Signature.objects.get()
        assert signature.held_reason == "network"
        assert not any("203.0" in str(value) for value in vars(signature).values())

    def test_allowed_one_is_not_held_by_a_crowded_network(self):
        make_entry("school.example", kind="allow")
        petition = make_petition()
        for number in range(121):
            self.sign(petition, f"pupil{number}@school.example", "203.0.113.7")
        assert not Signature.objects.held().exists()
        self.sign(petition, "guest@mail.example", "203.0.113.7")
        assert Signature.objects.held().get().held_reason == "limit"


class TestRejudging:
    @pytest.fixture
    def organizer(self):
        return User.objects.create_user("organizer")

    def held(self, entry, petition, state="held", email=None, **fields):
        fields |= {"email": email} if email else {}
        fields |= {"confirmed_at": timezone.now()} if state != "pending" else {}
        return make_signature(petition, state=state, held_reason="domain", held_by=entry.pk, **fields)

    def ended(self, entry):
        entry.ends_at = timezone.now()
        entry.save()
        kept_lists.forget()
        return entry

    def test_what_an_ended_entry_held_counts(self, organizer, monkeypatch):
        monkeypatch.setattr(rejudging, "ROWS_A_BATCH", 2)
        entry, petition = make_entry("spam.example"), make_petition()
        for state in ["held"] * 5 + ["pending", "withdrawn", "invalidated"]:
            self.held(entry, petition, state)
        assert rejudge(self.ended(entry), organizer) == 7
        counting.roll_up()
        assert counting.recount() == []
        assert counting.read_counts([petition.pk])[petition.pk].total == 5
        assert Signature.objects.exclude(held_reason="").get().state == "invalidated"
        assert StaffAct.objects.filter(verb="release").count() == 7

    def test_what_another_entry_holds_too_stays_held(self, organizer):
        entry, other, petition = make_entry("spam.example"), make_entry("robot@spam.example"), make_petition()
        self.held(entry, petition, email="robot@spam.example")
        assert rejudge(self.ended(entry), organizer) == 0
        signature = Signature.objects.get()
        assert (signature.state, signature.held_reason, signature.held_by) == ("held", "address", other.pk)

    def test_entry_in_force_releases_nothing(self, organizer):
        entry = make_entry("spam.example")
        self.held(entry, make_petition())
        with pytest.raises(StillHoldsError):
            rejudge(entry, organizer)
        assert Signature.objects.held().exists()
