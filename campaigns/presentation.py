"""A campaign as one reader sees it: every word in the best language there is, placeholders filled."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import cast

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, override
from django_countries import countries

from petitions.languages import best_text, by_preference, direction, language_name, locale_of
from petitions.links import absolute, interface_language
from petitions.models import Petition, PetitionText

from .loading import load
from .markdown import to_html
from .models import Campaign, CampaignTarget, Target
from .placeholders import fill
from .thermometer import Thermometer


@dataclass(frozen=True)
class Words:
    """A text with the language it is in, which may not be the page's."""

    text: str
    language: str
    page_language: str

    def __bool__(self) -> bool:
        return bool(self.text)

    def __str__(self) -> str:
        return self.text

    @property
    def html(self) -> SafeString:
        return to_html(self.text)

    @property
    def paragraphs(self) -> list[str]:
        return [part.strip() for part in self.text.replace("\r\n", "\n").split("\n\n") if part.strip()]

    @property
    def is_foreign(self) -> bool:
        return self.language.split("-")[0] != self.page_language.split("-")[0]

    @property
    def attrs(self) -> SafeString | str:
        """`lang` and `dir` where the text is in another language than the page around it."""
        if not self.is_foreign:
            return ""
        return format_html(' lang="{}" dir="{}"', self.language, direction(self.language))

    @property
    def language_name(self) -> str:
        return language_name(self.language)


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

    @cached_property
    def summary(self) -> Words:
        return self._field("summary")

    @cached_property
    def body(self) -> Words:
        return self._field("body")

    @cached_property
    def outcome(self) -> Words:
        return self._field("outcome")

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
        return self.campaign.petition.text(self.language)

    @cached_property
    def thermometer(self) -> Thermometer:
        counts = self.campaign.loaded_counts
        return Thermometer.of(
            total=counts.total,
            asked=counts.in_cities(self.campaign.asked_city.count_keys()),
            other=counts.in_cities(self.campaign.other_city.count_keys()),
            goal=self.campaign.petition.goal,
        )

    @property
    def letters_prepared(self) -> int:
        """How many letters people have prepared here so far."""
        return getattr(self.campaign, "letters_prepared", None) or 0

    @cached_property
    def decider(self) -> Target | None:
        """The first target who decides."""
        roles = (CampaignTarget.Role.DECIDES, CampaignTarget.Role.COPY, CampaignTarget.Role.STAFF)
        first = min(self.campaign.loaded_targets, key=lambda row: roles.index(row.role), default=None)
        return first.target if first else None

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
    return [CampaignPage(campaign, language) for campaign in load(campaigns)]


def home_page_of(petition: Petition, language: str) -> CampaignPage | None:
    """The page of the campaign that signers of this petition come home to, or None."""
    campaigns = Campaign.objects.visible().filter(petition=petition)
    slug = petition.page_path.strip("/").rpartition("/")[2]
    found = pages(campaigns.filter(slug=slug) if slug else campaigns[:1], language)
    return found[0] if found else None
