"""A campaign as one reader sees it: every word in the best language there is, placeholders filled."""

from collections.abc import Mapping
from functools import cached_property
from typing import cast

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext, override
from django_countries import countries

from petitions.languages import best_text, by_preference, direction, locale_of, reader_language
from petitions.links import absolute, interface_language
from petitions.models import PetitionText

from ..models import Campaign, CampaignTarget, Target
from ..rules.placeholders import fill
from .cards import ContactLine, Role, TargetCard, card_of
from .loading import load
from .pictures import ShownPicture
from .thermometer import Thermometer
from .words import Words


class CampaignPage:
    """What cards, pages and mails show of a campaign, in `language`. The campaign comes from `loading.load`."""

    def __init__(self, campaign: Campaign, language: str) -> None:
        self.campaign = campaign
        self.language = language
        self._values: dict[str, dict[str, str]] = {}

    def words(self, text: str, language: str) -> Words:
        """Words whose placeholders speak the language they stand in."""
        return Words(fill(text, self.values(language)), language, self.language)

    def _field(self, field: str) -> Words:
        for text in by_preference(self.campaign.loaded_texts, self.language, self.campaign.source_language):
            if value := getattr(text, field):
                return self.words(value, text.language)
        return Words("", self.language, self.language)

    @cached_property
    def headline(self) -> Words:
        return self._field("headline") or self.words("{asked_city} – {other_city}", self.language)

    @property
    def spoken_languages(self) -> list[str]:
        """The languages of the interface in which it is told, not only framed."""
        told = {text.language.split("-")[0] for text in self.campaign.loaded_texts if text.headline}
        return [code for code, _name in settings.LANGUAGES if code.split("-")[0] in told]

    @property
    def canonical_language(self) -> str:
        """The language of the interface in which this page is told as a whole; its own where there is none."""
        if not self.headline.is_foreign:
            return self.language
        told = interface_language(self.headline.language)
        return told if told in self.spoken_languages else self.language

    @cached_property
    def summary(self) -> Words:
        return self._field("summary")

    @cached_property
    def body(self) -> Words:
        return self._field("body")

    @cached_property
    def outcome(self) -> Words:
        return self._field("outcome")

    @cached_property
    def hero(self) -> ShownPicture | None:
        """The picture at the top: the campaign's own, or else its story's."""
        texts = self.campaign.loaded_heroes
        own = [text for text in texts if text.media.pk == texts[0].media.pk]
        text = best_text(own, self.language, self.campaign.source_language)
        if text is None:
            return None
        return ShownPicture(text.media, self.words(text.alt, text.language), self.words(text.caption, text.language))

    @property
    def asked(self) -> str:
        return self.campaign.asked_city.name_in(self.language)

    @property
    def other(self) -> str:
        return self.campaign.other_city.name_in(self.language)

    def path_in(self, language: str) -> str:
        with override(interface_language(language)):
            return self.campaign.get_absolute_url()

    @property
    def url(self) -> str:
        return self.path_in(self.language)

    @property
    def letter_path(self) -> str:
        """Where a letter to the targets is written."""
        with override(interface_language(self.language)):
            return reverse("campaigns:letter", args=[self.campaign.slug])

    @property
    def absolute_url(self) -> str:
        return absolute(self.url)

    @cached_property
    def petition_text(self) -> PetitionText | None:
        return best_text(self.campaign.loaded_petition_texts, self.language, self.campaign.petition.source_language)

    @cached_property
    def thermometer(self) -> Thermometer:
        counts = self.campaign.loaded_counts
        return Thermometer.of(
            total=counts.total,
            asked=counts.in_place(self.campaign.asked_city.place_id),
            other=counts.in_place(self.campaign.other_city.place_id),
            goal=self.campaign.petition.goal,
            is_mirrored=direction(self.language) == "rtl",
        )

    @property
    def this_week(self) -> int:
        """Signatures of the last seven days."""
        return self.campaign.loaded_counts.this_week

    @property
    def letters_prepared(self) -> int:
        """How many letters people have prepared here so far."""
        return self.campaign.loaded_letters_prepared

    @property
    def calls_made(self) -> int:
        """How many people have said here that they called."""
        return self.campaign.loaded_calls_made

    @cached_property
    def decider(self) -> Target | None:
        """The first target who decides."""
        roles = (CampaignTarget.Role.DECIDES, CampaignTarget.Role.COPY, CampaignTarget.Role.STAFF)
        first = min(self.campaign.loaded_targets, key=lambda row: roles.index(row.role), default=None)
        return first.target if first else None

    @cached_property
    def targets(self) -> list[TargetCard]:
        """In the organizer's order."""
        return [card_of(row, self.office_of(row.target)) for row in self.campaign.loaded_targets]

    @property
    def staff(self) -> list[TargetCard]:
        return [card for card in self.targets if card.role == Role.STAFF]

    @property
    def copied(self) -> list[TargetCard]:
        return [card for card in self.targets if card.role == Role.COPY]

    @property
    def telephones(self) -> list[tuple[TargetCard, ContactLine]]:
        return self._ways("telephone")

    @property
    def social_pages(self) -> list[tuple[TargetCard, ContactLine]]:
        return self._ways("facebook", "instagram", "social")

    @property
    def x_pages(self) -> list[tuple[TargetCard, ContactLine]]:
        """Each page once: they are named without their owners."""
        return list({contact.href: (card, contact) for card, contact in reversed(self._ways("x"))}.values())[::-1]

    @property
    def has_addresses(self) -> bool:
        return any(card.addresses for card in self.targets)

    def _ways(self, *kinds: str) -> list[tuple[TargetCard, ContactLine]]:
        """Every contact of these kinds with its target, each of a target's numbers or pages once."""
        found: dict[tuple[int, str], tuple[TargetCard, ContactLine]] = {}
        for card in self.targets:
            for contact in card.of_kind(*kinds):
                found.setdefault((card.pk, contact.shown), (card, contact))
        return list(found.values())

    def office_of(self, target: Target, language: str | None = None) -> Words:
        text = best_text(target.loaded_texts, language or self.language, self.campaign.source_language)
        return Words(text.office if text else "", text.language if text else self.language, self.language)

    def values(self, language: str) -> dict[str, str]:
        """What the placeholders stand for in a text of `language`."""
        if language not in self._values:
            self._values[language] = self._values_in(language)
        return self._values[language]

    def _values_in(self, language: str) -> dict[str, str]:
        asked, other, decider = self.campaign.asked_city, self.campaign.other_city, self.decider
        office = str(self.office_of(decider, language)) if decider else ""
        text = best_text(decider.loaded_texts, language, "en") if decider else None
        # Marks are for the one who fills them in: where we cannot say them in the letter's language, in theirs.
        spoken = interface_language(language)
        is_spoken = spoken.split("-")[0] == language.split("-")[0]
        with override(spoken if is_spoken else interface_language(self.language)):
            named = {
                "asked_country": country_in(language, str(asked.country)),
                "other_country": country_in(language, str(other.country)),
                "personal_paragraph": gettext("[a few words of your own]"),
                "sender_name": gettext("[your name]"),
                "sender_address": gettext("[your address]"),
            }
        return named | {
            "asked_city": asked.name_in(language),
            "other_city": other.name_in(language),
            "year": str(self.campaign.twinned_in),
            "decider": (decider.name if decider else "") or office,
            "decider_office": office,
            "salutation": text.salutation if text else "",
            "campaign_url": absolute(self.path_in(language)),
        }


def country_in(language: str, country: str) -> str:
    """A country's name in any language."""
    territories = cast(Mapping[str, str], locale_of(language).territories)
    return territories.get(country) or str(countries.name(country))


def pages(campaigns: QuerySet[Campaign], language: str) -> list[CampaignPage]:
    """Several campaigns for one reader."""
    return [CampaignPage(campaign, language) for campaign in load(campaigns, language)]


def page_or_404(slug: str, *, is_preview: bool = False) -> CampaignPage:
    """A campaign's page for whoever reads now. Raises Http404 where the public may not read it, previews excepted."""
    campaigns = Campaign.objects.all() if is_preview else Campaign.objects.visible()
    found = pages(campaigns.filter(slug=slug), reader_language())
    if not found:
        raise Http404("no such campaign")
    return found[0]
