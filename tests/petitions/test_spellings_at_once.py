"""Adopting spellings while people sign, move and withdraw, on real connections."""

import pytest
from django.contrib.auth.models import User

from petitions import counting, signing, spellings
from petitions.models import Signature, Spelling, StaffAct

from ..factories import make_petition, make_place, make_signature
from .test_signing_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_counts_are_the_signatures_whatever_happens_meanwhile():
    petition, milan = make_petition(), make_place("Milano")
    staff = User.objects.create_user("organizer")
    signatures = [make_signature(petition, state="pending", city="Meneghina") for _ in range(12)]

    def act(turn):
        signature = signatures[turn]
        signing.confirm(signature)
        if turn % 3 == 0:
            signing.change(signature, city="Milano")
        elif turn % 3 == 1:
            signing.withdraw(signature)
        spellings.adopt(milan, "meneghina", staff) if turn % 2 else spellings.take_away(milan, "meneghina", staff)
        counting.roll_up()
        spellings.read_new()

    at_once(act, 12)
    spellings.adopt(milan, "meneghina", staff)
    counting.roll_up()
    confirmed = Signature.objects.filter(state="confirmed", city_key__in=["milano", "meneghina"]).count()
    read = counting.read_counts([petition.pk], {petition.pk: [milan.pk]})[petition.pk]
    assert read.in_place(milan.pk) == confirmed == 8
    assert counting.recount() == []


def test_two_cities_adopt_one_spelling_once():
    places = [make_place("Milano"), make_place("Roma")]
    staff = User.objects.create_user("organizer")
    done = at_once(lambda number: spellings.adopt(places[number % 2], "meneghina", staff), 8)
    assert done.count(True) == StaffAct.objects.count() == Spelling.objects.filter(key="meneghina").count() == 1


def test_worker_reads_by_the_names_that_hold_after_it():
    petition, milan = make_petition(), make_place("Milano")
    for city in ("Mediolanum Italia", "Milano Italia"):
        signing.confirm(make_signature(petition, state="pending", city=city))
    counting.roll_up()
    names = (["Milano"], ["Milano", "Mediolanum"])
    at_once(lambda n: spellings.read_new() if n % 2 else spellings.settle(milan, names=names[n // 2 % 2]), 8)
    spellings.settle(milan, names=["Milano"])
    while spellings.read_new():
        pass
    assert not Spelling.objects.filter(key__startswith="mediolanum").exists()
    assert Spelling.objects.filter(key="milano italia").exists()
