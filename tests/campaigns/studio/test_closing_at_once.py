"""Two campaigns of one petition end at the same moment, on real connections."""

import pytest

from campaigns.models import Campaign
from campaigns.studio import publishing
from petitions.models import Petition

from ...factories import make_campaign, make_petition
from ...petitions.test_signing_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_last_campaign_to_close_ends_the_petition(django_user_model):
    organizer = django_user_model.objects.create_user("organizer")
    for number in range(5):
        petition = make_petition(f"petition-{number}")
        pair = [make_campaign(f"{side}-{number}", petition=petition).pk for side in ("first", "second")]
        at_once(lambda turn, pair=pair: publishing.close(Campaign.objects.get(pk=pair[turn]), organizer), 2)
    assert set(Petition.objects.values_list("status", flat=True)) == {"closed"}
