"""All that stands around the headline on a campaign page."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar, cast

from django.db.models import Model, Q
from django.utils import timezone

from petitions.languages import Text, best_text, by_preference

from .contacts import NUMBERS, PAGES, international_number, telephone_link
from .letters import mailto
from .models import (
    CampaignTarget,
    City,
    Contact,
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
from .sharing import ShareLink, post_links

TextT = TypeVar("TextT", bound=Text)
Role = CampaignTarget.Role


@dataclass(frozen=True)
class ContactLine:
    """One way to reach a target."""

    pk: int
    kind: str
    label: str
    shown: str
    href: str
    language: str

    @classmethod
    def of(cls, contact: Contact, country: str) -> "ContactLine":
        shown, href = contact.value.strip(), ""
        if contact.kind == Contact.Kind.EMAIL:
            href = mailto([shown])
        elif contact.kind in NUMBERS:
            href = telephone_link(contact.value, country) if contact.kind == Contact.Kind.TELEPHONE else ""
            shown = international_number(contact.value, country)
        elif contact.kind in PAGES:
            href, shown = shown, shown.split("://", 1)[-1].removeprefix("www.").rstrip("/")
        return cls(contact.pk, contact.kind, contact.get_kind_display(), shown, href, contact.language)

    @property
    def lines(self) -> list[str]:
        return [line.strip() for line in self.shown.splitlines() if line.strip()]


@dataclass(frozen=True)
class TargetCard:
    pk: int
    city: City
    name: str
    native_name: str
    native_language: str
    office: Words
    role: str
    role_label: str
    contacts: list[ContactLine]

    def of_kind(self, *kinds: str) -> list[ContactLine]:
        return [contact for contact in self.contacts if contact.kind in kinds]

    @property
    def emails(self) -> list[str]:
        return [contact.shown for contact in self.of_kind("email")]

    @property
    def telephones(self) -> list[ContactLine]:
        return self.of_kind("telephone")

    @property
    def pages(self) -> list[ContactLine]:
        return [contact for contact in self.contacts if contact.kind in PAGES]

    @property
    def addresses(self) -> list[ContactLine]:
        return self.of_kind("post")


@dataclass(frozen=True)
class LetterView:
    """One letter in one language, as it stands on the page."""

    pk: int
    name: str
    subject: Words
    body: Words
    mailto: str


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
    links: list[ShareLink]


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

    @cached_property
    def letters(self) -> list[LetterView]:
        """Letters in every language, the target's first, since that is the one to send.

        A campaign with letters of its own does not offer its story's: two letters on one matter confuse.
        """
        target_language = self.campaign.asked_city.native_language
        all_letters = list(self._texts(LetterText, "letter").values())
        own = [texts for texts in all_letters if texts[0].letter.campaign_id]
        views = []
        for texts in own or all_letters:
            for text in by_preference(texts, target_language, self.page.language):
                subject = self.page.words(text.subject, text.language)
                body = self.page.words(text.body, text.language)
                link = mailto(self.recipients, self.copies, str(subject), str(body))
                views.append(LetterView(text.pk, text.letter.name, subject, body, link))
        return views

    @cached_property
    def posts(self) -> list[PostView]:
        """The campaign's own posts, or its story's where it has none; the reader's language first."""
        all_posts = list(Post.objects.filter(self._owned()))
        own = [post for post in all_posts if post.campaign_id]
        rows = by_preference(own or all_posts, self.page.language, self.campaign.source_language)
        filled = [(post.pk, self.page.words(post.text, post.language)) for post in rows]
        return [PostView(pk, words, post_links(str(words))) for pk, words in filled]

    @cached_property
    def targets(self) -> list[TargetCard]:
        cards = []
        for row in self.campaign.loaded_targets:
            target = row.target
            country = str(target.city.country)
            contacts = [ContactLine.of(contact, country) for contact in target.loaded_contacts]
            office = self.page.office_of(target)
            cards.append(
                TargetCard(
                    pk=target.pk,
                    city=target.city,
                    name=target.name,
                    native_name=target.native_name,
                    native_language=target.native_language,
                    office=office,
                    role=row.role,
                    role_label=row.get_role_display(),
                    contacts=contacts,
                )
            )
        return cards

    def _emails(self, *roles: str) -> list[str]:
        found = [email for card in self.targets if card.role in roles for email in card.emails]
        return list(dict.fromkeys(found))

    @property
    def recipients(self) -> list[str]:
        return self._emails(Role.DECIDES, Role.STAFF)

    @property
    def copies(self) -> list[str]:
        return self._emails(Role.COPY)

    @property
    def write_link(self) -> str:
        """A mail to all who decide, with the first letter's subject."""
        if not self.recipients:
            return ""
        return self.letters[0].mailto if self.letters else mailto(self.recipients, self.copies)

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
