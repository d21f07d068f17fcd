"""What petition pages and mails may show of the campaign around a petition."""

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from petitions.models import Petition

from ..details import CampaignDetails
from ..loading import with_counts
from ..markdown import to_html
from ..models import Campaign
from ..presentation import CampaignPage, pages
from ..sharing import ShareLink, share_links

register = template.Library()


@register.simple_tag
def campaign_of(petition: Petition, with_waiting: bool = False) -> CampaignPage | None:
    """The page of the campaign that signers of this petition come home to, or None.

    `with_waiting` counts what is not yet rolled up, so that signers find themselves in it.
    """
    campaigns = Campaign.objects.visible().filter(petition=petition)
    slug = petition.page_path.strip("/").rpartition("/")[2]
    found = pages(campaigns.filter(slug=slug) if slug else campaigns[:1], get_language() or "en")
    if not found:
        return None
    if with_waiting:
        with_counts([found[0].campaign], with_waiting=True)
    return found[0]


@register.simple_tag
def details_of(page: CampaignPage) -> CampaignDetails:
    return CampaignDetails(page)


@register.simple_tag
def shares_of(page: CampaignPage) -> list[ShareLink]:
    return share_links(str(page.headline), page.absolute_url)


@register.filter
def markdown(text: str) -> SafeString:
    return to_html(text)
