"""What was done is counted by the day it is done, by every verb."""

from datetime import timedelta

import pytest
from django.utils import timezone

from petitions import ledger, moderation, personal_data, signing, tallies
from petitions.models import ActCount, Signature

from ..factories import make_petition, make_signature, make_staff, seen

pytestmark = pytest.mark.django_db


@pytest.fixture
def petition():
    return make_petition()


@pytest.fixture
def moderator():
    return make_staff()


def acts():
    while tallies.roll_up():
        pass
    return {f"{row.act} {row.reason}".strip(): row.count for row in ActCount.objects.filter(day=timezone.now().date())}


def sign(petition, email="elena@mail.example"):
    details = signing.SigningDetails("Elena", email, "IT", "Milano", "en", "initial", False)
    return signing.sign(petition, petition.text("en"), details)


def confirmed(petition, **fields):
    signature = make_signature(petition, state="pending", **fields)
    signing.confirm(signature)
    return signature


def take_out(moderator, reason=Signature.InvalidatedFor.TWICE):
    moderation.invalidate(seen(Signature.objects.all()), moderator, "Ugo says so", reason)


def test_every_form_is_counted_whoever_signed_before(petition):
    for email in ("elena@mail.example", "elena@mail.example", "ugo@mail.example"):
        sign(petition, email)
    assert acts() == {"form": 3}


def test_confirming_twice_is_one_act(petition):
    signature = confirmed(petition)
    signing.confirm(signature)
    assert acts() == {"confirmed": 1}


def test_change_of_a_city_is_no_act(petition):
    signing.change(confirmed(petition), city="Roma")
    assert acts() == {"confirmed": 1}


def test_withdrawing_and_erasing_are_withdrawals(petition):
    signing.withdraw(confirmed(petition))
    personal_data.erase(confirmed(petition))
    assert acts() == {"confirmed": 2, "withdrawn": 2}


def test_withdrawal_of_what_was_never_confirmed_is_none(petition):
    signing.withdraw(make_signature(petition, state="pending"))
    assert acts() == {}


def test_invalidation_is_counted_under_its_public_reason(petition, moderator):
    confirmed(petition)
    make_signature(petition, state="pending")
    take_out(moderator)
    assert acts() == {"confirmed": 1, "invalidated twice": 1}


def test_name_comes_back_under_the_reason_it_went_with(petition, moderator):
    confirmed(petition)
    take_out(moderator)
    moderation.restore_signatures(seen(Signature.objects.all()), moderator)
    assert acts() == {"confirmed": 1, "invalidated twice": 1, "restored twice": 1}
    assert Signature.objects.get().invalidated_for == ""


def test_sums_are_read_without_counting_signatures(petition, moderator, django_assert_num_queries):
    confirmed(petition)
    take_out(moderator)
    signing.withdraw(confirmed(petition))
    confirmed(petition)
    tallies.roll_up()
    with django_assert_num_queries(1):
        sums = tallies.read_sums(petition)
    assert (sums.confirmed, sums.withdrawn, sums.invalidated) == (3, 1, {"twice": 1})
    assert (sums.left_out, sums.counted) == (2, 1)


def test_rows_of_before_are_counted_on_their_days(petition):
    long_ago = timezone.now() - timedelta(days=9)
    times = {"signed_at": long_ago, "confirmed_at": long_ago + timedelta(days=1)}
    make_signature(petition, **times)
    make_signature(petition, state="withdrawn", withdrawn_at=long_ago + timedelta(days=2), **times)
    make_signature(petition, state="invalidated", invalidated_at=long_ago + timedelta(days=3), **times)
    make_signature(petition, state="pending", signed_at=long_ago)
    tallies.count_from_rows(petition.pk)
    days = ActCount.objects.values_list("day", "act", "reason", "count")
    told = {((day - long_ago.date()).days, act, reason): count for day, act, reason, count in days}
    assert told == {
        (0, "form", ""): 4,
        (1, "confirmed", ""): 3,
        (2, "withdrawn", ""): 1,
        (3, "invalidated", "other"): 1,
    }


def test_what_was_noted_already_is_not_counted_from_its_row(petition):
    signing.confirm(sign(petition))
    tallies.roll_up()
    confirmed(petition)
    tallies.count_from_rows(petition.pk)
    assert acts() == {"form": 2, "confirmed": 2}


def test_acts_of_an_open_ledger_add_up_to_the_signatures(petition, moderator):
    make_signature(petition)
    make_signature(petition, state="invalidated", confirmed_at=timezone.now(), invalidated_at=timezone.now())
    ledger.write_due()
    signing.withdraw(confirmed(petition))
    moderation.restore_signatures(seen(Signature.objects.filter(state="invalidated")), moderator)
    assert tallies.drifts() == []
    make_signature(petition)
    assert tallies.drifts() == [(petition.pk, 2, 3)]
