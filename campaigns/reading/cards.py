"""Targets as pages show them: who they are, and every way to reach them."""

from dataclasses import dataclass

from ..models import CampaignTarget, City, Contact, Target
from ..rules.contacts import PAGES, mailto
from ..rules.telephones import NUMBERS, international_number, telephone_link
from .words import Words

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
    target: Target
    name: str
    native_name: str
    native_language: str
    office: Words
    role: str
    role_label: str
    contacts: list[ContactLine]

    @property
    def pk(self) -> int:
        return self.target.pk

    @property
    def city(self) -> City:
        return self.target.city

    def of_kind(self, *kinds: str) -> list[ContactLine]:
        return [contact for contact in self.contacts if contact.kind in kinds]

    @property
    def emails(self) -> list[str]:
        return [contact.shown for contact in self.of_kind("email")]

    @property
    def can_be_written_to(self) -> bool:
        return bool(self.of_kind("email", "post"))

    @property
    def telephones(self) -> list[ContactLine]:
        return self.of_kind("telephone")

    @property
    def faxes(self) -> list[ContactLine]:
        return self.of_kind("fax")

    @property
    def pages(self) -> list[ContactLine]:
        return [contact for contact in self.contacts if contact.kind in PAGES]

    @property
    def addresses(self) -> list[ContactLine]:
        return self.of_kind("post")


def card_of(row: CampaignTarget, office: Words) -> TargetCard:
    target = row.target
    country = str(target.city.country)
    return TargetCard(
        target=target,
        name=target.name,
        native_name=target.native_name,
        native_language=target.native_language,
        office=office,
        role=row.role,
        role_label=row.get_role_display(),
        contacts=[ContactLine.of(contact, country) for contact in target.loaded_contacts],
    )
