"""Organizers keep the lists and the limits; what an ended entry held they judge again."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from petitions.lists import kept_lists
from petitions.models import ListEntry, Signature, StaffAct, ThrottleOverride
from petitions.retention import forget_ended_entries
from petitions.throttling import PAPER_BY_NETWORK, in_force

from ..factories import make_entry, make_petition, make_signature, make_staff

pytestmark = pytest.mark.django_db
ENTRIES = reverse("admin:petitions_listentry_changelist")
LIMITS = reverse("admin:petitions_throttleoverride_changelist")
SIGNATURES = reverse("admin:petitions_signature_changelist")


@pytest.fixture
def organizer(client):
    client.force_login(make_staff("Organizers"))
    return client


def held(entry=None, state="held", **fields):
    by = {"held_by": entry.pk, "held_reason": entry.about} if entry else {"held_reason": "limit"}
    return make_signature(fields.pop("petition", None), state=state, confirmed_at=timezone.now(), **(by | fields))


def add(organizer, **said):
    form = {"kind": "block", "about": "domain", "pattern": "spam.example", "comment": "Robots since Monday"} | said
    return organizer.post(ENTRIES + "add/", form, follow=True)


class TestEntries:
    def test_entry_is_kept_with_its_author_and_logged(self, organizer, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            add(organizer, pattern="Spam.Example")
        entry = ListEntry.objects.get()
        assert (entry.pattern, entry.author_name) == ("spam.example", "organizers")
        assert StaffAct.objects.get().note == "block spam.example"
        assert kept_lists.get().verdict("a@spam.example").held_by == entry.pk

    @pytest.mark.parametrize(("about", "pattern"), [("address", "robot@spam.example"), ("network", "203.0.113.9")])
    def test_log_that_is_never_forgotten_names_no_address(self, organizer, about, pattern):
        add(organizer, about=about, pattern=pattern)
        assert StaffAct.objects.get().note == f"block {about}"

    @pytest.mark.parametrize(
        ("about", "pattern"),
        [
            ("domain", "*"),
            ("domain", "*.com"),
            ("domain", "(a+)+$"),
            ("domain", "<script>alert(1)</script>"),
            ("domain", "\u202espam.example"),
            ("domain", "x" * 100_000),
            ("network", "0.0.0.0/0"),
            ("network", "10.0.0.0/8"),
            ("network", "203.0.113.0/33"),
            ("network", "1/" + "9" * 200),
            ("address", "nobody"),
            ("elsewhere", "spam.example"),
            ("", ""),
        ],
    )
    def test_bad_entry_is_refused_in_words(self, organizer, about, pattern):
        answer = add(organizer, about=about, pattern=pattern)
        assert answer.status_code == 200
        assert "errorlist" in answer.content.decode()
        assert not ListEntry.objects.exists()

    def test_entry_that_is_listed_already_is_refused(self, organizer):
        make_entry("spam.example")
        assert "This is listed already" in add(organizer, pattern="SPAM.example").content.decode()

    def test_what_an_entry_is_about_stays(self, organizer):
        entry = make_entry("spam.example", comment="Robots")
        organizer.post(f"{ENTRIES}{entry.pk}/change/", {"kind": "watch", "pattern": "other.example", "comment": "So"})
        entry.refresh_from_db()
        assert (entry.kind, entry.pattern) == ("watch", "spam.example")

    def test_entry_cannot_be_deleted(self, organizer):
        assert organizer.post(f"{ENTRIES}{make_entry('spam.example').pk}/delete/").status_code == 403

    def test_moderator_does_not_see_the_lists(self, client):
        client.force_login(make_staff("Moderators"))
        assert client.get(ENTRIES).status_code == 403
        assert client.get(f"{ENTRIES}1/judge-again/").status_code in (403, 404)

    def test_entry_that_ended_long_ago_is_forgotten(self):
        make_entry("old.example", ends_at=timezone.now() - timedelta(days=184))
        make_entry("new.example", ends_at=timezone.now() - timedelta(days=182))
        make_entry("spam.example")
        assert forget_ended_entries() == 1
        assert not ListEntry.objects.filter(pattern="old.example").exists()


class TestJudgingAgain:
    def end(self, organizer, *entries):
        chosen = [entry.pk for entry in entries]
        return organizer.post(ENTRIES, {"action": "end", "index": 0, "_selected_action": chosen}, follow=True)

    def test_ending_offers_what_was_held(self, organizer):
        entry = make_entry("spam.example")
        held(entry)
        page = self.end(organizer, entry, make_entry("other.example")).content.decode()
        assert "2 entries ended." in page
        assert f"{ENTRIES}{entry.pk}/judge-again/" in page
        assert StaffAct.objects.filter(verb="end").count() == 2

    def test_saving_an_end_offers_too(self, organizer):
        entry = make_entry("spam.example", comment="Robots")
        held(entry)
        form = {"kind": "block", "comment": "Robots", "ends_at_0": "2026-01-01", "ends_at_1": "00:00"}
        page = organizer.post(f"{ENTRIES}{entry.pk}/change/", form, follow=True).content.decode()
        assert f"{ENTRIES}{entry.pk}/judge-again/" in page

    def test_page_counts_and_its_button_releases(self, organizer):
        entry = make_entry("spam.example", ends_at=timezone.now(), comment="Robots")
        petition = make_petition()
        for _ in range(3):
            held(entry, petition=petition)
        page = organizer.get(f"{ENTRIES}{entry.pk}/judge-again/").content.decode()
        assert "It held 3 signatures" in page
        after = organizer.post(f"{ENTRIES}{entry.pk}/judge-again/", follow=True).content.decode()
        assert "3 signatures released." in after
        assert Signature.objects.confirmed().count() == 3

    def test_entry_in_force_offers_no_button_and_releases_nothing(self, organizer):
        entry = make_entry("spam.example", comment="Robots")
        held(entry)
        assert "Judge them again" not in organizer.get(f"{ENTRIES}{entry.pk}/judge-again/").content.decode()
        page = organizer.post(f"{ENTRIES}{entry.pk}/judge-again/", follow=True).content.decode()
        assert "The entry is in force: end it first." in page
        assert Signature.objects.held().exists()

    @pytest.mark.parametrize("key", ["0", "99999999999999999999", "9" * 400])
    def test_entry_that_is_not_there_is_not_found(self, organizer, key):
        assert organizer.get(f"{ENTRIES}{key}/judge-again/").status_code == 404


class TestSignatures:
    def test_filter_shows_the_held_ones_with_their_reasons(self, organizer):
        petition, entry = make_petition(), make_entry("spam.example")
        held(entry, petition=petition, name="By Entry")
        held(petition=petition, name="By Limit")
        make_signature(petition, name="Not Held")
        shown = {
            chosen: organizer.get(SIGNATURES, {"held": chosen}).content.decode()
            for chosen in ("any", "limit", f"by-{entry.pk}", "nonsense", "by-" + "9" * 400)
        }
        names = ("By Entry", "By Limit", "Not Held")
        found = {chosen: [name for name in names if name in page] for chosen, page in shown.items()}
        assert list(found.values()) == [["By Entry", "By Limit"], ["By Limit"], ["By Entry"], [], []]
        assert "blocked mail domain" in shown["any"]

    def test_released_together_is_answered_in_one_sentence(self, organizer):
        petition = make_petition()
        rows = [held(petition=petition), held(petition=petition), make_signature(petition)]
        chosen = {"action": "release", "index": 0, "_selected_action": [row.pk for row in rows]}
        chosen |= {f"seen-{row.pk}": row.as_seen for row in rows}
        page = organizer.post(SIGNATURES, chosen, follow=True).content.decode()
        assert "2 signatures released." in page
        assert f"#{rows[2].pk} was left as it is" in page

    def test_overview_tells_of_held_ones(self, organizer):
        held()
        assert "1 signature is held" in organizer.get(reverse("admin:index")).content.decode()


class TestLimits:
    def save(self, organizer, **said):
        return organizer.post(LIMITS + "add/", {"name": "paper-network", "times": 7, "minutes": 3} | said)

    def test_number_is_in_use_at_once_and_logged(self, organizer, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            assert self.save(organizer).status_code == 302
        assert (in_force(PAPER_BY_NETWORK).times, in_force(PAPER_BY_NETWORK).window) == (7, timedelta(minutes=3))
        assert StaffAct.objects.get().note == "paper-network: 7 / 3 min"

    def test_deleted_one_gives_the_usual_number_back(self, organizer, django_capture_on_commit_callbacks):
        row = ThrottleOverride.objects.create(name="paper-network", times=7, minutes=3)
        with django_capture_on_commit_callbacks(execute=True):
            organizer.post(f"{LIMITS}{row.pk}/delete/", {"post": "yes"})
        assert in_force(PAPER_BY_NETWORK) == PAPER_BY_NETWORK

    @pytest.mark.parametrize(
        "said",
        [
            {"name": "login-name"},
            {"name": "nonsense"},
            {"times": 0},
            {"times": -1},
            {"times": "9" * 5000},
            {"minutes": 0},
            {"minutes": 1441},
            {"minutes": ""},
        ],
    )
    def test_bad_number_or_name_is_refused(self, organizer, said):
        answer = self.save(organizer, **said)
        assert answer.status_code == 200
        assert "errorlist" in answer.content.decode()
        assert not ThrottleOverride.objects.exists()

    @pytest.mark.parametrize("number", [1, 3])
    def test_lists_keep_their_budget(self, organizer, number, django_assert_max_num_queries):
        for position, name in enumerate(["paper-network", "resend", "sign-flood"][:number]):
            ThrottleOverride.objects.create(name=name, times=1, minutes=1)
            make_entry(f"spam{position}.example")
        for page in (LIMITS, ENTRIES):
            with django_assert_max_num_queries(8):
                organizer.get(page)
