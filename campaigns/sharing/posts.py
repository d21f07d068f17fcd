"""Suggested posts, and the networks on which each can be written."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from petitions.languages import by_preference

from ..models import Post
from ..reading.page import CampaignPage
from ..reading.words import Words
from ..rules.contacts import mailto
from ..rules.networks import Network, meant_for
from .links import ShareLink, named_ways, share_links, way_to


@dataclass(frozen=True)
class Offer:
    """One network for one text: how long the text is there and, where it fits, the way to its form."""

    network: Network
    length: int
    excess: int
    url: str


@dataclass(frozen=True)
class OfferedPost:
    pk: int
    words: Words
    offers: list[Offer]

    @property
    def links(self) -> list[Offer]:
        return [offer for offer in self.offers if offer.url]

    @property
    def is_for_all_networks(self) -> bool:
        """Words to one person as well as to everybody."""
        return len(self.offers) > 1

    @property
    def counts(self) -> list[Offer]:
        """For the networks where length is scarce."""
        return [offer for offer in self.offers if offer.network.is_tight]


def offered_posts(page: CampaignPage) -> list[OfferedPost]:
    """The posts of a campaign, those in the reader's language first."""
    posts = Post.objects.shown_in(page.campaign)
    return [_offered(page, post) for post in by_preference(posts, page.language, page.campaign.source_language)]


def links_to_ask(page: CampaignPage, post: OfferedPost | None) -> list[ShareLink]:
    """Ways to send a post's words to somebody; without a post, the page itself."""
    if post is None:
        return share_links(page)
    return named_ways(
        {offer.network.key: offer.url for offer in post.links},
        mailto([], subject=str(page.headline), body=post.words.text),
    )


def posts_by_language(posts: Sequence[OfferedPost]) -> list[list[OfferedPost]]:
    return [list(group) for _language, group in groupby(posts, key=lambda post: post.words.language)]


def _offered(page: CampaignPage, post: Post) -> OfferedPost:
    words = page.words(post.text, post.language)
    return OfferedPost(post.pk, words, offers(post.network, words.text, page.campaign.slug, post.pk))


def offers(network: str, text: str, slug: str, post: int) -> list[Offer]:
    found = []
    for each in meant_for(network):
        excess = each.excess(text)
        url = f"{way_to(each, slug)}?post={post}" if each.address and not excess else ""
        found.append(Offer(each, each.length_of(text), excess, url))
    return found
