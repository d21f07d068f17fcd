"""Ways to pass a campaign's page on."""

from collections.abc import Mapping
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


# From one person to another before to everybody.
SHARING_ORDER = ("whatsapp", "telegram", "line", "facebook", "x", "bluesky", "mastodon")


def share_links(page: CampaignPage) -> list[ShareLink]:
    ways = {key: way_to(NETWORKS[key], page.campaign.slug) for key in SHARING_ORDER}
    return named_ways(ways, mailto([], subject=str(page.headline), body=page.absolute_url))


def named_ways(ways: Mapping[str, str], mail: str) -> list[ShareLink]:
    """Links to networks by their keys, with e-mail second."""
    links = [ShareLink(NETWORKS[key].name, ways[key]) for key in SHARING_ORDER if key in ways]
    return [*links[:1], ShareLink(gettext("E-mail"), mail, deed="e-mail"), *links[1:]]


def share_text(network: Network, title: str, url: str) -> str:
    """What is said when a page is passed on: its headline too, where that fits."""
    line = f"{title} {url}"
    return line if network.fits(line) else url
