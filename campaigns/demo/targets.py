"""The demonstration's targets: people in office as of 2016, or an office alone."""

from typing import Any

from ..models import Campaign, CampaignTarget, City, Contact, Target, TargetText
from ..placeholders import fill
from .content import write_texts
from .files import facts

Role = CampaignTarget.Role


def add_targets(campaign: Campaign) -> None:
    """The campaign's own targets; where it names none, the two cities' mayors' offices."""
    named = facts(campaign.slug).get("targets")
    cities = {"asked": campaign.asked_city, "other": campaign.other_city}
    if named:
        for position, fact in enumerate(named):
            _add_target(campaign, cities[fact["city"]], position, fact)
        return
    _add_office(campaign, campaign.asked_city, 0, Role.DECIDES)
    _add_office(campaign, campaign.other_city, 1, Role.COPY)


def _add_target(campaign: Campaign, city: City, position: int, fact: dict[str, Any]) -> None:
    plain = {field: fact[field] for field in ("name", "native_name", "native_language") if field in fact}
    target = Target.objects.create(city=city, **plain)
    write_texts(TargetText(target=target, language=language, **words) for language, words in fact["texts"].items())
    Contact.objects.bulk_create(
        Contact(target=target, position=place, **contact) for place, contact in enumerate(fact["contacts"])
    )
    CampaignTarget.objects.create(campaign=campaign, target=target, role=fact["role"], position=position)


def _add_office(campaign: Campaign, city: City, position: int, role: str) -> None:
    """An office without a person's name; its words come from a pattern for each language."""
    words = {
        language: {field: fill(text, {"city": city.name_in(language)}) for field, text in pattern.items()}
        for language, pattern in facts("offices").items()
    }
    contacts = [{"kind": Contact.Kind.EMAIL, "value": f"mayor@{city.slug}.example"}]
    _add_target(campaign, city, position, {"role": role, "texts": words, "contacts": contacts})
