"""What a campaign's phase means, with its petition's, said to organizers in whole sentences."""

from django.utils.formats import localize
from django.utils.translation import gettext

from petitions.admin.phases import petition_now
from petitions.models import Petition

from ..models import Campaign


def campaign_now(campaign: Campaign) -> str:
    return f"{_campaign(campaign)} {_petition(campaign)}"


def is_held_up(campaign: Campaign) -> bool:
    """It was published, and its petition takes no signatures."""
    goes_on = campaign.phase in (Campaign.Phase.PUBLISHED, Campaign.Phase.SCHEDULED)
    return goes_on and campaign.petition.phase in (Petition.Phase.DRAFT, Petition.Phase.PAUSED, Petition.Phase.ENDED)


def _campaign(campaign: Campaign) -> str:
    match campaign.phase:
        case Campaign.Phase.PUBLISHED:
            return gettext("The campaign is published.")
        case Campaign.Phase.SCHEDULED:
            message = gettext("Readers will see the campaign from %(date)s on.")
            return message % {"date": localize(campaign.published_at)}
        case Campaign.Phase.CLOSED:
            return gettext("The campaign is closed, and its page says how it ended.")
    return gettext("The campaign is a draft: readers do not see it.")


def _petition(campaign: Campaign) -> str:
    petition = campaign.petition
    if campaign.is_closed and petition.phase in (Petition.Phase.OPEN, Petition.Phase.PAUSED):
        return gettext("Its petition goes on, because another campaign needs it.")
    if petition.phase == Petition.Phase.DRAFT and campaign.phase != Campaign.Phase.DRAFT:
        return gettext("Its petition is still a draft, so readers do not see the campaign: write its text and open it.")
    return petition_now(petition)
