"""What is told about a page where its link is shared."""

from django import template
from django.template import RequestContext

from petitions.languages import reader_language

from ..reading.page import CampaignPage
from ..sharing.previews import Preview, of_campaign, of_site

register = template.Library()


@register.simple_tag(takes_context=True)
def link_preview(context: RequestContext) -> Preview:
    """That of the campaign which the page is about, else the site's."""
    page = context.get("page")
    return of_campaign(page) if isinstance(page, CampaignPage) else of_site(reader_language())
