"""Counts are the signatures, in every dimension."""

import pytest

from petitions import counting, signing
from petitions.models import Count

from ..factories import make_petition, make_place, make_signature

pytestmark = pytest.mark.django_db


def confirmed(petition, **fields):
    signature = make_signature(petition, state="pending", **fields)
    signing.confirm(signature)
    return signature


def test_rolled_up_count_equals_the_signatures():
    petition = make_petition()
    for _ in range(3):
        confirmed(petition)
    counting.roll_up()
    assert counting.read_counts([petition.pk])[petition.pk].total == 3


def test_count_before_the_roll_up_is_exact_for_the_signer():
    petition = make_petition()
    confirmed(petition)
    assert counting.exact_count(petition) == 1
    assert counting.read_counts([petition.pk])[petition.pk].total == 0


def test_every_dimension_is_counted():
    petition = make_petition()
    confirmed(petition, country="KR", language="ko", city="대구")
    counting.roll_up()
    rows = dict(Count.objects.exclude(dimension="day").values_list("dimension", "key"))
    assert rows == {"total": "", "country": "KR", "language": "ko", "city": "KR:대구"}


def test_spellings_of_one_city_are_one():
    petition = make_petition()
    for city in ("Milano", "MILANO", "20121 milano"):
        confirmed(petition, city=city)
    counting.roll_up()
    assert Count.objects.get(dimension="city").count == 3


def test_reading_many_petitions_takes_one_statement(django_assert_num_queries):
    petitions = [make_petition(f"petition-{number}") for number in range(3)]
    milan = make_place("Milano")
    with django_assert_num_queries(1):
        counting.read_counts([each.pk for each in petitions], {each.pk: [milan.pk] for each in petitions})


def test_recount_finds_nothing_after_honest_work():
    petition = make_petition()
    signing.withdraw(confirmed(petition))
    signing.change(confirmed(petition), city="Roma")
    counting.roll_up()
    confirmed(petition)
    assert counting.recount() == []


def test_recount_finds_and_repairs_drift():
    petition = make_petition()
    confirmed(petition)
    counting.roll_up()
    Count.objects.filter(dimension="total").update(count=7)
    assert [(drift.counted, drift.truth) for drift in counting.recount(repair=True)] == [(7, 1)]
    assert counting.recount() == []


def test_waiting_signatures_are_summed_by_the_database(django_assert_num_queries):
    petition, milan = make_petition(), make_place("Milano", "Milan")
    for city in ("Milano", "Milan", "Lodi"):
        confirmed(petition, city=city)
    with django_assert_num_queries(2):
        read = counting.read_counts([petition.pk], {petition.pk: [milan.pk]}, with_waiting=True)[petition.pk]
    assert (read.total, read.in_place(milan.pk)) == (3, 2)


def test_waiting_signatures_add_to_those_rolled_up():
    petition, milan = make_petition(), make_place("Milano")
    for _ in range(2):
        confirmed(petition, city="Milano")
        counting.roll_up()
    confirmed(petition, city="Milano")
    read = counting.read_counts([petition.pk], {petition.pk: [milan.pk]}, with_waiting=True)[petition.pk]
    assert (read.total, read.in_place(milan.pk)) == (3, 3)


def test_each_petition_is_read_for_its_own_places():
    one, other = make_petition("one"), make_petition("other")
    milan, rome = make_place("Milano"), make_place("Roma")
    for petition in (one, other):
        confirmed(petition, city="Milano")
    counting.roll_up()
    read = counting.read_counts([one.pk, other.pk], {one.pk: [milan.pk], other.pk: [rome.pk]})
    assert (read[one.pk].places, read[other.pk].places) == ({milan.pk: 1}, {})
