"""Two campaigns of one petition end at the same moment, on real connections."""

from concurrent.futures import ThreadPoolExecutor, wait

import pytest
from django.db import connection, transaction

from campaigns.studio import publishing
from petitions.models import Petition

from ...factories import make_campaign, make_petition

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_last_campaign_to_close_ends_the_petition(django_user_model):
    organizer = django_user_model.objects.create_user("organizer")
    petition = make_petition(page_path="campaigns/first/")
    first, second = (make_campaign(slug, petition=petition) for slug in ("first", "second"))

    def close_second():
        try:
            publishing.close(second, organizer)
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=1) as pool:
        with transaction.atomic():
            publishing.close(first, organizer)
            closing = pool.submit(close_second)
            wait([closing], timeout=1)
        closing.result()
    assert Petition.objects.get().status == "closed"
