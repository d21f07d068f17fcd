"""All that stands around the headline on a campaign page."""

from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone

from ..letters.offered import OfferedLetters
from ..models import Evidence, EvidenceText, Media, MediaText, Update, UpdateText
from ..reading.owned import best_texts_shown
from ..reading.page import CampaignPage
from ..reading.pictures import ShownPicture
from ..reading.words import Words
from ..sharing.posts import OfferedPost, offered_posts, posts_by_language


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
    def media(self) -> list[ShownMedia]:
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

    @cached_property
    def letters(self) -> OfferedLetters:
        return OfferedLetters(self.page)

    @cached_property
    def posts(self) -> list[OfferedPost]:
        return offered_posts(self.page)

    @property
    def posts_by_language(self) -> list[list[OfferedPost]]:
        return posts_by_language(self.posts)
