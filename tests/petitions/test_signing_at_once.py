"""Many hands at the same moment, on real connections."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from petitions import counting, signing
from petitions.models import CountDelta, OutboxMail, Signature

from ..factories import make_petition, make_signature
from .test_signing import details

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(act, times):
    def alone(number):
        try:
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=times) as pool:
        return list(pool.map(alone, range(times)))


def test_fifty_with_one_address_make_one_signature():
    petition = make_petition()
    text = petition.text("it")
    signatures = at_once(lambda number: signing.sign(petition, text, details(name=f"Elena {number}")), 50)
    assert len({signature.pk for signature in signatures}) == 1
    assert Signature.objects.get().state == "pending"
    assert OutboxMail.objects.count() <= 5


def test_twenty_clicks_on_confirm_count_once():
    signature = make_signature(state="pending")
    confirmed = at_once(lambda number: signing.confirm(signature), 20)
    assert confirmed.count(True) == 1
    assert CountDelta.objects.count() == 1


def test_two_workers_roll_up_each_delta_once():
    petition = make_petition()
    for _ in range(20):
        signing.confirm(make_signature(petition, state="pending"))
    at_once(lambda number: counting.roll_up(), 4)
    assert counting.read_counts([petition.pk])[petition.pk].total == 20
    assert not CountDelta.objects.exists()


def test_confirming_while_the_city_changes_counts_where_the_row_says():
    petition = make_petition()
    text = petition.text("it")
    for number in range(10):
        signature = signing.sign(petition, text, details(email=f"s{number}@mail.example"))

        def act(turn, number=number, signature=signature):
            if turn % 2:
                return signing.confirm(signature)
            return signing.sign(petition, text, details(email=f"s{number}@mail.example", city="Daegu", country="KR"))

        at_once(act, 4)
    counting.roll_up()
    assert counting.recount() == []
