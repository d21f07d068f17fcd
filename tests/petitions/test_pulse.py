"""The latest name that may be shown."""

from datetime import timedelta

import pytest
from django.utils import timezone

from petitions.pulse import latest_signer

from ..factories import make_petition, make_signature

pytestmark = pytest.mark.django_db


def signed(petition, **ago):
    return make_signature(petition, confirmed_at=timezone.now() - timedelta(**ago))


def test_latest_signer_is_the_newest_confirmed_an_hour_ago():
    petition = make_petition()
    signed(petition, hours=5)
    newest = signed(petition, hours=2)
    signed(petition, minutes=30)
    assert latest_signer(petition) == newest


@pytest.mark.parametrize("ago", [{"minutes": 59}, {"days": 15}])
def test_name_too_fresh_or_too_old_is_not_announced(ago):
    petition = make_petition()
    signed(petition, **ago)
    assert latest_signer(petition) is None


@pytest.mark.parametrize("change", [{"visibility": "hidden"}, {"state": "withdrawn"}])
def test_signature_that_is_not_shown_is_not_announced(change):
    petition = make_petition()
    signature = signed(petition, hours=2)
    for field, value in change.items():
        setattr(signature, field, value)
    signature.save()
    assert latest_signer(petition) is None
