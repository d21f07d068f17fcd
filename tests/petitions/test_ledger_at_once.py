"""Several workers write one ledger, on real connections."""

import pytest

from petitions import ledger, signing, tallies
from petitions.models import ActCount, Ledger, LedgerRecord

from ..factories import make_petition, make_signature
from .test_integrity_page import FIRST
from .test_signing_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_many_workers_open_and_write_a_ledger_once():
    petition = make_petition()
    signatures = [
        make_signature(petition, signed_at=f"{FIRST}T12:00Z", confirmed_at=f"{FIRST}T13:00Z") for _ in range(6)
    ]
    at_once(lambda _number: ledger.write_due(FIRST), 6)
    assert [(record.forms, record.confirmed) for record in LedgerRecord.objects.all()] == [(6, 6)]
    assert sum(ActCount.objects.values_list("count", flat=True)) == 2 * len(signatures)


def test_acts_noted_while_the_ledger_is_opened_are_counted_once():
    petition = make_petition()
    signatures = [make_signature(petition, state="pending") for _ in range(20)]

    def act(number):
        if number % 2:
            return ledger.write_due(FIRST)
        for signature in signatures[number::10]:
            signing.confirm(signature)
        return tallies.roll_up()

    at_once(act, 10)
    while tallies.roll_up():
        pass
    assert Ledger.objects.count() == 1
    assert tallies.read_sums(petition).confirmed == sum(signature.is_confirmed for signature in signatures)
