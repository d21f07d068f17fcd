"""All that stands around the headline on a campaign page."""

from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone

from petitions.models import Signature
from petitions.pulse import latest_signer

from ..letters.offered import OfferedLetters
from ..models import Evidence, EvidenceText, Media, MediaText, Update, UpdateText
from ..reading.owned import best_texts_shown
from ..reading.page import CampaignPage
from ..reading.pictures import ShownPicture
from ..reading.story import Story, told
from ..reading.words import Words
from ..sharing.links import ShareLink
from ..sharing.posts import OfferedPost, links_to_ask, offered_posts, posts_by_language
from .voices import Voice, voices


@dataclass(frozen=True)
class ShownMedia:
    media: Media
    alt: Words
    caption: Words
    warning: Words

    @property
    def picture(self) -> ShownPicture | None:
        return ShownPicture(self.media, self.alt, self.caption) if self.media.image else None


@dataclass(frozen=True)
class ShownEvidence:
    evidence: Evidence
    claim: Words


@dataclass(frozen=True)
class ShownUpdate:
    update: Update
    title: Words
    body: Words


class Sections:
    """Each is fetched when the page comes to it."""

    def __init__(self, page: CampaignPage) -> None:
        self.page = page
        self.campaign = page.campaign

    @cached_property
    def story(self) -> Story:
        """The story with its pictures; the hero stands above it already."""
        graphic = [item for item in self._media if item.media.is_graphic]
        return told(self.page.body.text, [item for item in self._media if not item.media.is_graphic], graphic)

    @cached_property
    def _media(self) -> list[ShownMedia]:
        """All but the picture at the top."""
        hero = self.page.hero
        return [
            ShownMedia(
                text.media, *(self.page.words(said, text.language) for said in (text.alt, text.caption, text.warning))
            )
            for text in best_texts_shown(self.campaign, MediaText, "media", self.page.language)
            if hero is None or text.media_id != hero.media.pk
        ]

    @cached_property
    def evidence(self) -> list[ShownEvidence]:
        texts = best_texts_shown(self.campaign, EvidenceText, "evidence", self.page.language)
        return [ShownEvidence(text.evidence, self.page.words(text.claim, text.language)) for text in texts]

    @cached_property
    def updates(self) -> list[ShownUpdate]:
        return [
            ShownUpdate(
                text.update, self.page.words(text.title, text.language), self.page.words(text.body, text.language)
            )
            for text in best_texts_shown(self.campaign, UpdateText, "update", self.page.language)
            if text.update.published_at <= timezone.now()
        ]

    @property
    def news(self) -> ShownUpdate | None:
        """The newest update that changes the story."""
        return next((item for item in self.updates if item.update.changes_story), None)

    @cached_property
    def voices(self) -> list[Voice]:
        return voices(self.page)

    @cached_property
    def latest_signer(self) -> Signature | None:
        return latest_signer(self.campaign.petition)

    @property
    def message_to_ask(self) -> OfferedPost | None:
        """A post for people in the asked city, in its language."""
        language = self.campaign.asked_city.native_language.split("-")[0]
        posts = [post for post in self.posts if post.is_for_all_networks and post.links]
        return next((post for post in posts if post.words.language.split("-")[0] == language), None)

    @cached_property
    def share_links(self) -> list[ShareLink]:
        """While it goes on, ways to ask somebody in the asked city; at its end, to tell everybody."""
        return links_to_ask(self.page, None if self.campaign.is_closed else self.message_to_ask)

    @cached_property
    def letters(self) -> OfferedLetters:
        return OfferedLetters(self.page)

    @cached_property
    def posts(self) -> list[OfferedPost]:
        return offered_posts(self.page)

    @property
    def posts_by_language(self) -> list[list[OfferedPost]]:
        return posts_by_language(self.posts)
