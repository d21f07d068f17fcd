"""What a petition's phase means, said to organizers in whole sentences."""

from django.utils.formats import localize
from django.utils.translation import gettext

from ..models import Petition

P = Petition.Phase


def petition_now(petition: Petition) -> str:
    match petition.phase:
        case P.OPEN:
            return gettext("The petition takes signatures.")
        case P.SCHEDULED:
            message = gettext("The petition opens on %(date)s and takes no signatures before.")
            return message % {"date": localize(petition.opened_at)}
        case P.PAUSED:
            return gettext("The petition is paused: it takes no signatures for a while.")
        case P.ENDED:
            return gettext(
                "The petition is closed: it takes no more signatures. Half a year from now its names become anonymous."
            )
    return gettext("The petition is a draft: readers do not see it.")
