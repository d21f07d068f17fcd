"""What petition pages and mails may show of the campaign around a petition."""

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from petitions.models import Petition

from ..details import CampaignDetails
from ..loading import with_counts
from ..markdown import to_html
from ..presentation import CampaignPage, home_page_of
from ..sharing import ShareLink, share_links

register = template.Library()


@register.simple_tag
def campaign_of(petition: Petition, with_waiting: bool = False) -> CampaignPage | None:
    """The page of the campaign that signers of this petition come home to, or None.

    `with_waiting` counts what is not yet rolled up, so that signers find themselves in it.
    """
    page = home_page_of(petition, get_language() or "en")
    if page and with_waiting:
        with_counts([page.campaign], with_waiting=True)
    return page


@register.simple_tag
def details_of(page: CampaignPage) -> CampaignDetails:
    return CampaignDetails(page)


@register.simple_tag
def shares_of(page: CampaignPage) -> list[ShareLink]:
    return share_links(page.campaign.slug, str(page.headline), page.absolute_url)


@register.filter
def markdown(text: str) -> SafeString:
    return to_html(text)
