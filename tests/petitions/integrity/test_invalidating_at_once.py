"""Invalidating while signers act and several workers are at it, on real connections."""

import pytest
from django.contrib.auth.models import User

from petitions import counting, personal_data, signing
from petitions.integrity import invalidations
from petitions.models import InvalidatedSignature, Invalidation, Signature

from ...factories import make_petition, make_signature
from ..test_signing_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def ask(petition):
    asked = Invalidation(
        petition=petition,
        mail_domain="bots.example",
        takes_pending=True,
        reason="bots",
        public_reason="machine",
        below=invalidations.newest_key(),
    )
    invalidations.ask(asked, User.objects.create_user("first"))
    invalidations.agree(asked, User.objects.create_user("second"))
    return asked


def work():
    while invalidations.proceed():
        pass


def test_counts_are_exact_while_signers_confirm_withdraw_and_erase(monkeypatch):
    monkeypatch.setattr(invalidations, "BATCH", 5)
    petition = make_petition()
    states = ["pending", "confirmed", "confirmed", "confirmed"] * 10
    rows = [make_signature(petition, state=s, email=f"s{n}@bots.example") for n, s in enumerate(states)]
    counting.recount(repair=True)
    asked = ask(petition)
    acts = [signing.confirm, signing.withdraw, personal_data.erase]

    def act(number):
        if number < 2:
            return work()
        return [acts[each % 3](row) for each, row in enumerate(rows[number * 4 :: 8])]

    at_once(act, 4)
    work()
    assert counting.recount() == []
    assert not Signature.objects.filter(state__in=["confirmed", "pending"]).exists()
    taken = InvalidatedSignature.objects.count()
    invalidations.undo(Invalidation.objects.get(), User.objects.get(username="first"))
    at_once(lambda _number: work(), 3)
    work()
    assert counting.recount() == []
    assert not Signature.objects.filter(state="invalidated").exists()
    asked.refresh_from_db()
    assert (asked.state, asked.restored_count) == ("undone", taken)
