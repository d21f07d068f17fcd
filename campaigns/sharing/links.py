"""Ways to pass a campaign's page on."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from ..reading.page import CampaignPage
from ..rules.contacts import mailto
from ..rules.networks import NETWORKS, Network


@dataclass(frozen=True)
class ShareLink:
    """A way to pass a page on. `deed` is what the page itself has to count: where the link is not one of ours."""

    name: str
    url: str
    deed: str = ""


def way_to(network: Network, slug: str) -> str:
    """Our own address that leads to a network's form."""
    if network.is_one_of_many:
        return reverse("campaigns:mastodon", args=[slug])
    return reverse("campaigns:go", args=[slug, network.key])


def share_links(page: CampaignPage) -> list[ShareLink]:
    slug, title = page.campaign.slug, str(page.headline)
    links = [ShareLink(network.name, way_to(network, slug)) for network in NETWORKS.values() if network.address]
    mail = mailto([], subject=title, body=page.absolute_url)
    return [*links, ShareLink(gettext("E-mail"), mail, deed="e-mail")]


def share_text(network: Network, title: str, url: str) -> str:
    """What is said when a page is passed on: its headline too, where that fits."""
    line = f"{title} {url}"
    return line if network.fits(line) else url
