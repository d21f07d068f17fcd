"""Days that are over, under a chain of digests: only added, once, never with a single person in them."""

import hashlib
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from petitions import ledger
from petitions.models import ActCount, ActDelta, Ledger, LedgerRecord, Petition

from ..factories import make_petition, make_signature

pytestmark = pytest.mark.django_db
FIRST = date(2026, 3, 1)


@pytest.fixture
def petition():
    petition = make_petition()
    Ledger.objects.create(petition=petition)
    return petition


def done(petition, after_days, act, count, reason=""):
    day = FIRST + timedelta(days=after_days)
    row, _is_new = ActCount.objects.get_or_create(
        petition=petition, day=day, act=act, reason=reason, defaults={"count": 0}
    )
    ActCount.objects.filter(pk=row.pk).update(count=row.count + count)


def write(after_days):
    return ledger.write_due(FIRST + timedelta(days=after_days))


def days(*fields):
    records = LedgerRecord.objects.order_by("number")
    return [((record.day - FIRST).days, *(getattr(record, field) for field in fields)) for record in records]


def test_each_day_that_is_over_is_written_down(petition):
    for after_days, number in ((0, 7), (1, 9), (2, 5)):
        done(petition, after_days, "confirmed", number)
    write(1)
    assert days("confirmed", "total") == [(0, 7, 7), (1, 9, 16)]


def test_worker_that_was_away_catches_up_with_the_same_records(petition):
    other = make_petition("other")
    Ledger.objects.create(petition=other)
    for each in (petition, other):
        for after_days in range(4):
            done(each, after_days, "confirmed", 5 + after_days)
    for after_days in range(4):
        Ledger.objects.exclude(petition=petition).update(closed_on=FIRST + timedelta(days=9))
        write(after_days)
    Ledger.objects.filter(petition=other).update(closed_on=None)
    write(3)
    figures = ("day", "confirmed", "total")
    assert list(ledger.records_of(petition).values_list(*figures)) == list(
        ledger.records_of(other).values_list(*figures)
    )


def test_writing_again_adds_nothing(petition):
    done(petition, 0, "confirmed", 5)
    assert write(0) == 1
    assert write(0) == 0
    Ledger.objects.update(closed_on=None)
    write(0)
    assert LedgerRecord.objects.count() == 1


def test_fewer_than_five_wait_for_others(petition):
    done(petition, 0, "confirmed", 4)
    done(petition, 1, "confirmed", 3)
    done(petition, 1, "withdrawn", 1)
    write(1)
    assert days("confirmed", "withdrawn", "total") == [(1, 7, 0, 7)]


def test_few_of_several_days_are_told_together_once(petition):
    for after_days in range(6):
        done(petition, after_days, "confirmed", 10)
        done(petition, after_days, "invalidated", 2, "twice")
        write(after_days)
    assert [number for _day, by_reason in days("invalidated") for number in by_reason.values()] == [6, 6]
    assert days("total")[-1] == (5, 48)


def test_reasons_wait_each_for_itself(petition):
    done(petition, 0, "confirmed", 30)
    done(petition, 1, "invalidated", 6, "twice")
    done(petition, 1, "invalidated", 4, "name")
    done(petition, 2, "restored", 5, "twice")
    write(2)
    assert days("invalidated", "restored", "total") == [
        (0, {}, {}, 30),
        (1, {"twice": 6}, {}, 24),
        (2, {}, {"twice": 5}, 29),
    ]


def test_more_are_never_taken_away_than_were_told(petition):
    done(petition, 0, "confirmed", 5)
    done(petition, 1, "confirmed", 4)
    done(petition, 1, "withdrawn", 9)
    write(1)
    assert days("withdrawn", "total") == [(0, 0, 5)]


def test_late_act_is_told_on_the_next_day_and_no_former_one_changes(petition):
    done(petition, 0, "confirmed", 5)
    write(0)
    before = LedgerRecord.objects.get()
    done(petition, 0, "confirmed", 6)
    write(1)
    assert days("confirmed") == [(0, 5), (1, 6)]
    assert LedgerRecord.objects.get(number=1).digest == before.digest


def test_quiet_days_have_no_record(petition):
    done(petition, 0, "confirmed", 5)
    write(40)
    assert len(days()) == 1


def test_digest_is_made_as_the_document_says(petition):
    done(petition, 0, "confirmed", 5)
    done(petition, 0, "form", 8)
    done(petition, 1, "invalidated", 5, "twice")
    write(1)
    first, second = LedgerRecord.objects.order_by("number")
    written = (
        '{"confirmed":0,"day":"2026-03-02","former":"%s","forms":0,"invalidated":{"twice":5},"number":2,'
        '"petition":"clean-air","restored":{},"total":0,"withdrawn":0}'
    )
    assert second.digest == hashlib.sha256((written % first.digest).encode()).hexdigest()


def test_day_whose_acts_still_wait_is_not_closed(petition):
    ActDelta.objects.create(petition=petition, act="confirmed", day=FIRST, amount=5)
    assert write(0) == 0
    ActDelta.objects.all().delete()
    assert write(0) == 1


@pytest.mark.parametrize("change", [lambda rows: rows.update(total=99), lambda rows: rows.delete()])
def test_record_cannot_be_changed_or_deleted(petition, change):
    done(petition, 0, "confirmed", 5)
    write(0)
    with pytest.raises(IntegrityError, match="never changed or deleted"), transaction.atomic():
        change(LedgerRecord.objects.all())


def test_ledger_is_opened_with_what_the_rows_tell():
    petition = make_petition()
    for _ in range(6):
        make_signature(petition)
    ledger.write_due(FIRST)
    assert sum(ActCount.objects.filter(act="confirmed").values_list("count", flat=True)) == 6


def test_draft_has_no_ledger():
    petition = make_petition()
    Petition.objects.update(status="draft")
    ledger.write_due(FIRST)
    assert not Ledger.objects.filter(petition=petition).exists()


def test_those_who_wait_are_counted_with_the_day(petition):
    make_signature(petition, state="pending")
    make_signature(petition)
    write(0)
    assert Ledger.objects.get().waiting == 1


def test_last_closed_day_is_over(petition):
    done(petition, 0, "confirmed", 5)
    ledger.write_due()
    assert Ledger.objects.get().closed_on < date.today()
