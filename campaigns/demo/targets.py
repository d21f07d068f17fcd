"""The demonstration's targets: people in office as of 2016, or an office alone."""

from typing import Any

from ..models import Campaign, CampaignTarget, City, Closure, Contact, OpeningHours, Target, TargetText
from ..rules.placeholders import fill
from .content import write_texts
from .files import facts

Role = CampaignTarget.Role
PLAIN = ("name", "native_name", "native_language", "verified_on", "source")


def add_targets(campaign: Campaign) -> None:
    """The campaign's own targets; where it names none, the two cities' mayors' offices."""
    says = facts(campaign.slug)
    cities = {"asked": campaign.asked_city, "other": campaign.other_city}
    if named := says.get("targets"):
        for position, fact in enumerate(named):
            times = {name: says.get(name, {}).get(fact["city"], []) for name in ("hours", "closures")}
            _add_target(campaign, cities[fact["city"]], position, times | fact)
        return
    _add_office(campaign, campaign.asked_city, 0, Role.DECIDES)
    _add_office(campaign, campaign.other_city, 1, Role.COPY)


def _add_target(campaign: Campaign, city: City, position: int, fact: dict[str, Any]) -> None:
    plain = {field: fact[field] for field in PLAIN if field in fact}
    target = Target.objects.create(city=city, **plain)
    write_texts(TargetText(target=target, language=language, **words) for language, words in fact["texts"].items())
    Contact.objects.bulk_create(
        Contact(target=target, position=place, **contact) for place, contact in enumerate(fact["contacts"])
    )
    OpeningHours.objects.bulk_create(OpeningHours(target=target, **stretch) for stretch in fact.get("hours", []))
    Closure.objects.bulk_create(Closure(target=target, **days) for days in fact.get("closures", []))
    CampaignTarget.objects.create(campaign=campaign, target=target, role=fact["role"], position=position)


def _add_office(campaign: Campaign, city: City, position: int, role: str) -> None:
    """An office without a person's name; its words come from a pattern for each language."""
    says = facts("offices")
    words = {
        language: {field: fill(text, {"city": city.name_in(language)}) for field, text in pattern.items()}
        for language, pattern in says["texts"].items()
    }
    contacts = [{"kind": Contact.Kind.EMAIL, "value": f"mayor@{city.slug}.example"}]
    if number := says["telephones"].get(city.slug):
        contacts.append({"kind": Contact.Kind.TELEPHONE, "value": number})
    hours = says["hours"].get(str(city.country), [])
    _add_target(campaign, city, position, {"role": role, "texts": words, "contacts": contacts, "hours": hours})
