"""What a signer's own page offers next."""

from django import template

from ..letters.offered import OfferedLetters
from ..reading.page import CampaignPage
from ..sharing.links import ShareLink, share_links

register = template.Library()


@register.filter
def offers_letters(page: CampaignPage) -> bool:
    return bool(OfferedLetters(page))


@register.filter
def links_to_share(page: CampaignPage) -> list[ShareLink]:
    return share_links(page)
