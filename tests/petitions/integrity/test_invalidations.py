"""Taking many signatures out at once: who agrees, what is taken, and that undoing it is exact."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from petitions import counting, moderation, personal_data, signing
from petitions.integrity import invalidations, objections
from petitions.integrity.criteria import matching, preview
from petitions.integrity.invalidations import InvalidationRefusedError
from petitions.models import InvalidatedSignature, Invalidation, OutboxMail, Signature, StaffAct

from ...factories import make_petition, make_signature, make_staff, seen

pytestmark = pytest.mark.django_db


@pytest.fixture
def organizer():
    return make_staff("Organizers")


@pytest.fixture
def petition():
    return make_petition()


def signers(petition, number, domain="bots.example", **fields):
    rows = [make_signature(petition, email=f"s{n}@{domain}", **fields) for n in range(number)]
    counting.recount(repair=True)
    return rows


def draft(petition, **criteria):
    criteria = criteria or {"mail_domain": "bots.example"}
    fields = {"reason": "bots", "public_reason": "machine", "below": invalidations.newest_key()}
    return Invalidation(petition=petition, **fields, **criteria)


def work():
    """What the worker does until there is nothing to do; counts are proved after every batch."""
    while invalidations.proceed():
        assert counting.recount() == []


def taken(petition, organizer, **criteria):
    asked = invalidations.ask(draft(petition, **criteria), organizer)
    if asked.state == Invalidation.State.DRAFTED:
        invalidations.agree(asked, make_staff("Organizers", "second"))
    work()
    asked.refresh_from_db()
    return asked


def states():
    return dict(Signature.objects.values_list("pk", "state"))


def test_ten_names_begin_at_once_and_leave_the_count(petition, organizer):
    signers(petition, 10)
    honest = make_signature(petition)
    counting.recount(repair=True)
    asked = taken(petition, organizer)
    assert (asked.state, asked.taken_count, asked.agreed_by) == ("done", 10, None)
    assert counting.exact_count(petition) == 1
    assert Signature.objects.confirmed().get() == honest


def test_eleven_names_wait_for_somebody_else(petition, organizer):
    signers(petition, 11)
    asked = invalidations.ask(draft(petition), organizer)
    work()
    assert (asked.state, counting.exact_count(petition)) == ("drafted", 11)
    with pytest.raises(InvalidationRefusedError):
        invalidations.agree(asked, organizer)
    invalidations.agree(asked, make_staff("Organizers", "second"))
    work()
    assert counting.exact_count(petition) == 0


def test_database_refuses_that_one_person_agrees_alone(petition, organizer):
    signers(petition, 11)
    asked = invalidations.ask(draft(petition), organizer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Invalidation.objects.filter(pk=asked.pk).update(agreed_by=organizer)


def test_database_refuses_one_that_asks_nothing(petition, organizer):
    with pytest.raises(IntegrityError), transaction.atomic():
        draft(petition, country="").save()


def test_many_are_taken_in_batches_and_brought_back_as_they_were(petition, organizer, monkeypatch):
    monkeypatch.setattr(invalidations, "BATCH", 4)
    signers(petition, 9)
    signers(petition, 3, domain="more.bots.example", state="pending", country="FR")
    before, moments = states(), dict(Signature.objects.values_list("pk", "confirmed_at"))
    asked = taken(petition, organizer, signed_from=timezone.now() - timedelta(hours=1), takes_pending=True)
    assert set(states().values()) == {"invalidated"}
    invalidations.undo(asked, organizer)
    work()
    asked.refresh_from_db()
    assert (asked.state, asked.taken_count, asked.restored_count) == ("undone", 12, 12)
    assert states() == before
    assert dict(Signature.objects.values_list("pk", "confirmed_at")) == moments
    assert counting.exact_count(petition) == 9


def test_pending_ones_stay_unless_they_are_asked_for(petition, organizer):
    pending = make_signature(petition, state="pending", email="p@bots.example")
    signers(petition, 1)
    taken(petition, organizer)
    pending.refresh_from_db()
    assert pending.state == "pending"


def test_pending_one_that_is_covered_cannot_be_confirmed(petition, organizer):
    pending = make_signature(petition, state="pending", email="p@bots.example")
    taken(petition, organizer, mail_domain="bots.example", takes_pending=True)
    assert signing.confirm(pending) is False
    assert counting.exact_count(petition) == 0


def test_what_came_after_the_preview_is_not_taken(petition, organizer):
    signers(petition, 1)
    asked = draft(petition)
    late = make_signature(petition, email="late@bots.example")
    counting.recount(repair=True)
    invalidations.ask(asked, organizer)
    work()
    assert Signature.objects.confirmed().get() == late


def test_one_that_was_withdrawn_meanwhile_is_left_alone(petition, organizer):
    first, second = signers(petition, 2)
    invalidations.ask(draft(petition), organizer)
    signing.withdraw(first)
    work()
    assert states() == {first.pk: "withdrawn", second.pk: "invalidated"}


def test_one_that_was_erased_meanwhile_is_no_trouble(petition, organizer):
    first, second = signers(petition, 2)
    asked = taken(petition, organizer)
    personal_data.erase(first)
    invalidations.undo(asked, organizer)
    work()
    assert states() == {second.pk: "confirmed"}


def test_undoing_leaves_what_was_decided_anew(petition, organizer):
    first, second = signers(petition, 2)
    asked = taken(petition, organizer)
    moderation.restore_signatures(seen(Signature.objects.filter(pk=first.pk)), organizer)
    moderation.invalidate(seen(Signature.objects.filter(pk=first.pk)), organizer, "a bot after all")
    invalidations.undo(asked, organizer)
    work()
    assert states() == {first.pk: "invalidated", second.pk: "confirmed"}
    assert InvalidatedSignature.objects.get(signature=first).end == "left"


def test_cancelled_in_the_middle_keeps_what_was_taken_and_can_be_undone(petition, organizer, monkeypatch):
    monkeypatch.setattr(invalidations, "BATCH", 2)
    signers(petition, 5)
    asked = invalidations.ask(draft(petition), organizer)
    invalidations.proceed()
    invalidations.cancel(asked, organizer)
    work()
    assert counting.exact_count(petition) == 3
    invalidations.undo(asked, organizer)
    work()
    assert counting.exact_count(petition) == 5


def test_one_that_is_done_cannot_be_agreed_to_again(petition, organizer):
    signers(petition, 1)
    asked = taken(petition, organizer)
    with pytest.raises(InvalidationRefusedError):
        invalidations.agree(asked, make_staff("Organizers", "second"))


def test_steps_leave_lines_in_the_log(petition, organizer):
    signers(petition, 1)
    asked = taken(petition, organizer)
    invalidations.undo(asked, organizer)
    lines = StaffAct.objects.filter(object_kind="invalidation").values_list("verb", flat=True)
    assert list(lines) == ["undo invalidation", "ask to invalidate"]


@pytest.mark.parametrize(
    ("criteria", "fields"),
    [
        ({"country": "FR"}, {"country": "FR"}),
        ({"name": "bad bot"}, {"name": "Bad Bot"}),
        ({"name_pattern": "keyboard"}, {"name": "Asdf Jkl"}),
        ({"name_pattern": "digits"}, {"name": "Bot 7"}),
        ({"name_pattern": "repeated"}, {"name": "Aaaa"}),
        ({"network_hash": "a1"}, {"network_hash": "a1"}),
        ({"review_reason": "captcha"}, {"review_reason": "captcha"}),
        ({"delay_above": 60}, {"signed_at": timezone.now() - timedelta(hours=1)}),
        ({"signed_until": timezone.now() - timedelta(days=1)}, {"signed_at": timezone.now() - timedelta(days=2)}),
    ],
)
def test_criterion_finds_what_it_says_and_nothing_else(petition, criteria, fields):
    make_signature(petition)
    meant = make_signature(petition, **fields)
    assert [row.pk for row in matching(draft(petition, **criteria))] == [meant.pk]


def test_domain_is_the_whole_domain(petition):
    make_signature(petition, email="a@not-bots.example")
    make_signature(petition, email="a@sub.bots.example")
    assert not matching(draft(petition)).exists()


def test_preview_tells_how_many_look_honest(petition):
    signers(petition, 10, name="Same Name")
    signers(petition, 1, domain="x.bots.example", name="Qwerty")
    late = timezone.now() + timedelta(minutes=2)
    signers(petition, 2, domain="y.bots.example", name="Ada Byron", confirmed_at=late)
    found = preview(draft(petition, country="IT"))
    assert (found.count, found.honest, found.honest_percent) == (13, 2, 15)


class TestObjecting:
    @pytest.fixture
    def signature(self, petition, organizer):
        rows = signers(petition, 2)
        taken(petition, organizer)
        rows[0].refresh_from_db()
        return rows[0]

    def test_upheld_one_restores_exactly_that_signature(self, signature, petition, organizer):
        assert objections.object_to(signature, "It was me.")
        assert objections.uphold(objections.own_objection(signature), organizer)
        assert counting.recount() == []
        assert Signature.objects.confirmed().get() == signature

    def test_undoing_afterwards_counts_it_once(self, signature, petition, organizer):
        objections.object_to(signature, "")
        objections.uphold(objections.own_objection(signature), organizer)
        invalidations.undo(Invalidation.objects.get(), organizer)
        work()
        assert counting.exact_count(petition) == 2

    def test_second_one_changes_nothing(self, signature):
        assert objections.object_to(signature, "first")
        assert not objections.object_to(signature, "second")
        assert objections.own_objection(signature).words == "first"

    def test_declined_one_stays_out_and_is_not_decided_again(self, signature, organizer):
        objections.object_to(signature, "")
        assert objections.decline(objections.own_objection(signature), organizer)
        assert not objections.uphold(objections.own_objection(signature), organizer)
        signature.refresh_from_db()
        assert signature.state == "invalidated"

    def test_mail_waits_a_day_and_goes_to_confirmed_addresses_only(self, signature):
        mails = OutboxMail.objects.filter(kind="taken_out")
        assert mails.count() == 2
        assert not mails.filter(due_at__lt=timezone.now() + timedelta(hours=23)).exists()
