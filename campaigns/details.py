"""All that stands around the headline on a campaign page."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import TypeVar, cast

from django.db.models import Model, Q
from django.utils import timezone

from petitions.languages import Text, best_text, by_preference

from .models import (
    Evidence,
    EvidenceText,
    LetterText,
    Media,
    MediaText,
    Post,
    Update,
    UpdateText,
)
from .presentation import CampaignPage, Words
from .sharing import Offer, offers
from .target_cards import ContactLine, Role, TargetCard, cards_of

TextT = TypeVar("TextT", bound=Text)


@dataclass(frozen=True)
class LetterView:
    """One letter in one language, as it stands on the page."""

    text: LetterText
    subject: Words
    body: Words

    @property
    def key(self) -> str:
        """Names the letter and its language in addresses and forms."""
        return f"{self.text.letter_id}-{self.text.language}"

    @property
    def name(self) -> str:
        return self.text.letter.name

    @property
    def language(self) -> str:
        return self.text.language


@dataclass(frozen=True)
class MediaView:
    media: Media
    alt: Words
    caption: Words
    warning: Words


@dataclass(frozen=True)
class EvidenceView:
    evidence: Evidence
    claim: Words


@dataclass(frozen=True)
class UpdateView:
    update: Update
    title: Words
    body: Words


@dataclass(frozen=True)
class PostView:
    pk: int
    words: Words
    offers: list[Offer]

    @property
    def links(self) -> list[Offer]:
        return [offer for offer in self.offers if offer.url]

    @property
    def counts(self) -> list[Offer]:
        """For the networks where length is scarce."""
        return [offer for offer in self.offers if offer.network.is_tight]


class CampaignDetails:
    """The sections of one campaign's page."""

    def __init__(self, page: CampaignPage) -> None:
        self.page = page
        self.campaign = page.campaign

    def _owned(self, prefix: str = "") -> Q:
        """The campaign's own rows and those of its shared story."""
        own = Q(**{f"{prefix}campaign": self.campaign})
        return own | Q(**{f"{prefix}story": self.campaign.story_id}) if self.campaign.story_id else own

    def _texts(self, model: type[TextT], owner: str) -> dict[int, list[TextT]]:
        """Texts by owner, in the owners' order; the owner comes with each text, so one statement serves both."""
        owners = cast(type[Model], model._meta.get_field(owner).related_model)
        order = [f"{owner}__{field}" for field in owners._meta.ordering or ()]
        order = [field.replace(f"{owner}__-", f"-{owner}__") for field in order]
        rows = model._default_manager.filter(self._owned(f"{owner}__")).select_related(owner).order_by(*order)
        grouped: dict[int, list[TextT]] = {}
        for text in rows:
            grouped.setdefault(getattr(text, f"{owner}_id"), []).append(text)
        return grouped

    def _best(self, texts: Sequence[TextT]) -> TextT:
        return best_text(texts, self.page.language, self.campaign.source_language) or texts[0]

    @cached_property
    def media(self) -> list[MediaView]:
        views = []
        for texts in self._texts(MediaText, "media").values():
            text = self._best(texts)
            said = [self.page.words(value, text.language) for value in (text.alt, text.caption, text.warning)]
            views.append(MediaView(text.media, *said))
        return views

    @cached_property
    def evidence(self) -> list[EvidenceView]:
        best = [self._best(texts) for texts in self._texts(EvidenceText, "evidence").values()]
        return [EvidenceView(text.evidence, self.page.words(text.claim, text.language)) for text in best]

    @cached_property
    def updates(self) -> list[UpdateView]:
        best = [self._best(texts) for texts in self._texts(UpdateText, "update").values()]
        return [
            UpdateView(
                text.update,
                self.page.words(text.title, text.language),
                self.page.words(text.body, text.language),
            )
            for text in best
            if text.update.published_at <= timezone.now()
        ]

    def own_or_shared(self, model: type[TextT], owner: str) -> list[list[TextT]]:
        """Texts row by row: of the campaign's own rows, else of its story's, for two letters on one matter confuse."""
        rows = list(self._texts(model, owner).values())
        return [texts for texts in rows if getattr(texts[0], owner).campaign_id] or rows

    @cached_property
    def letter_texts(self) -> list[list[LetterText]]:
        return self.own_or_shared(LetterText, "letter")

    @cached_property
    def letters(self) -> list[LetterView]:
        """Letters in every language, the target's first, since that is the one to send."""
        target_language = self.campaign.asked_city.native_language
        return [
            LetterView(text, self.page.words(text.subject, text.language), self.page.words(text.body, text.language))
            for texts in self.letter_texts
            for text in by_preference(texts, target_language, self.page.language)
        ]

    @property
    def shown_letters(self) -> list[LetterView]:
        """The first letter in the asked city's language and in the reader's."""
        first = self.letters[:1]
        own = by_preference(self.letters, self.page.language, self.campaign.source_language)
        return first + [view for view in own[:1] if view not in first]

    @cached_property
    def posts(self) -> list[PostView]:
        """The campaign's own posts, or its story's where it has none; the reader's language first."""
        all_posts = list(Post.objects.filter(self._owned()))
        own = [post for post in all_posts if post.campaign_id]
        rows = by_preference(own or all_posts, self.page.language, self.campaign.source_language)
        filled = [(post, self.page.words(post.text, post.language)) for post in rows]
        slug = self.campaign.slug
        return [PostView(post.pk, words, offers(post.network, words.text, slug, post.pk)) for post, words in filled]

    @property
    def posts_by_language(self) -> list[list[PostView]]:
        return [list(posts) for _language, posts in groupby(self.posts, key=lambda post: post.words.language)]

    @cached_property
    def targets(self) -> list[TargetCard]:
        return cards_of(self.page)

    def _ways(self, *kinds: str) -> list[tuple[TargetCard, ContactLine]]:
        """Every contact of these kinds with its target, each number or page once."""
        found: dict[str, tuple[TargetCard, ContactLine]] = {}
        for card in self.targets:
            for contact in card.of_kind(*kinds):
                found.setdefault(contact.shown, (card, contact))
        return list(found.values())

    @property
    def telephones(self) -> list[tuple[TargetCard, ContactLine]]:
        return self._ways("telephone")

    @property
    def social_pages(self) -> list[tuple[TargetCard, ContactLine]]:
        return self._ways("facebook", "instagram", "social")

    @property
    def x_pages(self) -> list[tuple[TargetCard, ContactLine]]:
        return self._ways("x")

    @property
    def has_addresses(self) -> bool:
        return any(card.addresses for card in self.targets)

    @property
    def staff(self) -> list[TargetCard]:
        return [card for card in self.targets if card.role == Role.STAFF]

    @property
    def copied(self) -> list[TargetCard]:
        return [card for card in self.targets if card.role == Role.COPY]
