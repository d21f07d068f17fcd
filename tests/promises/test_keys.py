"""A new SECRET_KEY breaks no mailed link and forgets nobody's wish, as long as the old one is among the fallbacks."""

import pytest

from petitions.models import Signature, Suppression
from petitions.signing import sign
from petitions.suppression import is_suppressed, suppress

from ..factories import make_petition
from ..outbox import waiting_mails
from ..petitions.test_signing import details

OLD, NEW = "the key of last year, long enough", "the key of this year, long enough"
ADDRESS = "elena@mail.example"


@pytest.fixture
def exchange_keys(settings):
    """As docs/keys.md says it; `keep=False` where a stranger saw the old one."""
    settings.SECRET_KEY, settings.LASTING_KEY = OLD, "the key that stays, long enough too"

    def exchange(keep=True):
        settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [OLD] if keep else []

    return exchange


def statuses(client, paths):
    return {path.split("/")[2] + "/" + path.split("/")[-2]: client.get(path).status_code for path in paths}


@pytest.mark.django_db
class TestLinks:
    def test_every_mailed_link_opens_after_the_exchange(self, client, exchange_keys, site):
        mailed = site.personal()
        exchange_keys()
        assert set(statuses(client, mailed).values()) == {200}

    def test_new_links_are_signed_with_the_new_key_alone(self, client, exchange_keys, settings, site):
        exchange_keys()
        mailed = site.personal()
        settings.SECRET_KEY_FALLBACKS = []
        assert set(statuses(client, mailed).values()) == {200}

    def test_link_of_a_dropped_key_gets_a_404_that_helps(self, client, exchange_keys, site):
        mailed = [path for path in site.personal() if not path.endswith(("letter/", ".json"))]
        exchange_keys(keep=False)
        for path in mailed:
            response = client.get(path)
            assert response.status_code == 404, path
            assert "This link is not whole" in response.content.decode(), path


@pytest.mark.django_db
class TestStoppedAddress:
    @pytest.fixture
    def petition(self, exchange_keys):
        return make_petition()

    def test_it_stays_stopped_even_without_the_old_key(self, petition, exchange_keys):
        suppress(petition, ADDRESS, Suppression.Reason.STOPPED)
        exchange_keys(keep=False)
        assert is_suppressed(petition, ADDRESS)

    def test_one_stopped_before_there_was_a_lasting_key_stays_stopped(self, petition, exchange_keys, settings):
        remembered_long_ago(petition, settings)
        exchange_keys()
        assert is_suppressed(petition, ADDRESS)

    def test_stopping_again_outlives_the_old_key(self, petition, exchange_keys, settings):
        remembered_long_ago(petition, settings)
        exchange_keys()
        suppress(petition, ADDRESS, Suppression.Reason.STOPPED)
        exchange_keys(keep=False)
        assert is_suppressed(petition, ADDRESS)

    def test_signing_under_the_new_key_knows_it(self, petition, exchange_keys, settings):
        remembered_long_ago(petition, settings)
        exchange_keys()
        sign(petition, petition.text("en"), details(email=ADDRESS))
        assert waiting_mails() == []


@pytest.mark.django_db
@pytest.mark.parametrize("times_remembered", [1, 2])
def test_address_invalidated_and_erased_is_marked_after_the_exchange(exchange_keys, settings, times_remembered):
    petition = make_petition()
    remembered_long_ago(petition, settings, Suppression.Reason.INVALIDATED)
    if times_remembered == 2:
        suppress(petition, ADDRESS, Suppression.Reason.INVALIDATED)
    exchange_keys()
    sign(petition, petition.text("en"), details(email=ADDRESS))
    assert Signature.objects.get().review_reason == "invalidated before"


def remembered_long_ago(petition, settings, reason=Suppression.Reason.STOPPED):
    """As it was done before LASTING_KEY: by the SECRET_KEY of that day."""
    lasting, settings.LASTING_KEY = settings.LASTING_KEY, settings.SECRET_KEY
    suppress(petition, ADDRESS, reason)
    settings.LASTING_KEY = lasting
