"""Whether targets can be reached: what is missing or wrong in their contacts, said to organizers in whole sentences."""

import unicodedata
from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db.models import Count, Exists, OuterRef, Q, prefetch_related_objects
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from petitions.languages import best_text, language_name, reader_language
from petitions.loading import loaded

from ..models import (
    Campaign,
    CampaignTarget,
    Contact,
    ContactReport,
    Letter,
    LetterText,
    OpeningHours,
    Target,
    TargetText,
)
from ..rules.contacts import PAGES, validate_contact
from ..rules.telephones import NUMBERS
from ..staff.problems import Problem, named, page_of

Role = CampaignTarget.Role

# Offices change with elections, numbers with offices: whoever checks twice a year misses little.
STALE_AFTER = timedelta(days=180)


def name_of(target: Target) -> str:
    """Its person, else its office. The target's texts are loaded."""
    text = best_text(target.loaded_texts, reader_language())
    return target.name or (text.office if text else str(target))


def text_in(texts: Iterable[TargetText], language: str) -> TargetText | None:
    """The text in this very language, `pt` for `pt-BR`; no other falls in."""
    found = best_text(texts, language, language)
    return found if found and f"{language}-".startswith(f"{found.language}-") else None


def stale_before() -> date:
    """Contacts verified before this day are to be checked again."""
    return timezone.localdate() - STALE_AFTER


def to_be_checked() -> Q:
    """Targets of published campaigns whose contacts nobody checked, or not for long."""
    published = CampaignTarget.objects.filter(target=OuterRef("pk"), campaign__status=Campaign.Status.PUBLISHED)
    return Q(Exists(published)) & (Q(verified_on=None) | Q(verified_on__lt=stale_before()))


def with_hours(targets: Iterable[Target]) -> set[int]:
    """Those of the targets whose opening hours are known."""
    ids = [target.pk for target in targets]
    return set(OpeningHours.objects.filter(target__in=ids).values_list("target_id", flat=True))


def reach(target: Target, role: str, *, has_hours: bool) -> Iterator[Problem]:
    """Ways to the target that are missing or broken."""
    kinds = {contact.kind for contact in target.loaded_contacts}
    contacts = page_of(target, "contacts-group")
    about = {"target": name_of(target)}
    if role == Role.DECIDES and Contact.Kind.EMAIL not in kinds:
        yield Problem(gettext("%(target)s has no e-mail address.") % about, contacts)
    if role == Role.DECIDES and Contact.Kind.POST not in kinds:
        yield Problem(gettext("%(target)s has no postal address.") % about, contacts)
    native = target.city.native_language
    if Contact.Kind.POST in kinds and not _has_address_in(native, target.loaded_contacts):
        message = gettext("%(target)s has no postal address in %(language)s, as it should stand on an envelope.")
        yield Problem(message % (about | {"language": named(native)}), contacts)
    for contact in target.loaded_contacts:
        if not _works(contact, str(target.city.country)):
            yield Problem(_broken(contact) % (about | {"value": contact.value.strip()}), contacts)
    if Contact.Kind.TELEPHONE in kinds and not has_hours:
        message = gettext("%(target)s can be called, but has no opening hours: callers cannot see when to ring.")
        yield Problem(message % about, page_of(target, "opening_hours-group"))


def _has_address_in(language: str, contacts: Iterable[Contact]) -> bool:
    """An address that does not say its language is taken by its script."""
    script = _scripts(language_name(language))
    return any(
        contact.language.split("-")[0] == language.split("-")[0]
        if contact.language
        else bool(script & _scripts(contact.value))
        for contact in contacts
        if contact.kind == Contact.Kind.POST
    )


def _scripts(text: str) -> set[str]:
    """LATIN, HANGUL, CJK and the like, as the names of its letters begin."""
    return {unicodedata.name(letter, "").split(" ")[0] for letter in text if letter.isalpha()}


def _works(contact: Contact, country: str) -> bool:
    try:
        validate_contact(contact.kind, contact.value.strip(), country)
    except ValidationError:
        return False
    return True


def _broken(contact: Contact) -> str:
    if contact.kind in NUMBERS:
        return gettext("%(target)s: %(value)s is not a number that can be dialled. Write it with its country code.")
    if contact.kind in PAGES:
        return gettext("%(target)s: %(value)s is not the address of a page.")
    return gettext("%(target)s: %(value)s is not an e-mail address.")


def verification(target: Target) -> Iterator[Problem]:
    """Contacts that nobody checked, or not for long."""
    about = {"target": name_of(target)}
    url = page_of(target, "id_verified_on")
    if target.verified_on is None:
        yield Problem(gettext("The contacts of %(target)s were never checked.") % about, url)
    elif target.verified_on < stale_before():
        message = gettext("The contacts of %(target)s were last checked on %(date)s. Please check them again.")
        yield Problem(message % (about | {"date": date_format(target.verified_on)}), url)


def reported(targets: Collection[Target]) -> Iterator[Problem]:
    """Contacts that visitors say are wrong."""
    reports = ContactReport.objects.waiting().filter(target__in=targets).order_by()
    waiting = dict(reports.values_list("target").annotate(Count("pk")))
    for target in targets:
        if count := waiting.get(target.pk):
            message = ngettext(
                "A visitor reports a wrong contact of %(target)s.",
                "Visitors report wrong contacts of %(target)s: %(count)s reports wait.",
                count,
            )
            yield Problem(message % {"target": name_of(target), "count": count}, page_of(target, "reports"))


def check_target(target: Target) -> list[Problem]:
    """All that the target's own page should say."""
    prefetch_related_objects([target], loaded("texts"), loaded("contacts"))
    roles = set(target.campaign_targets.values_list("role", flat=True))
    role = Role.DECIDES if Role.DECIDES in roles or not roles else next(iter(roles))
    found = list(reach(target, role, has_hours=bool(with_hours([target]))))
    if Role.DECIDES in roles:
        found += [
            no_salutation(target, language)
            for language in sorted(_languages_of_letters(target))
            if not _salutation(target, language)
        ]
    return found


def no_salutation(target: Target, language: str) -> Problem:
    message = gettext("%(target)s has no salutation in %(language)s: say how a letter to them begins.")
    return Problem(message % {"target": name_of(target), "language": named(language)}, page_of(target, "texts-group"))


def _salutation(target: Target, language: str) -> str:
    text = text_in(target.loaded_texts, language)
    return text.salutation if text else ""


def _languages_of_letters(target: Target) -> set[str]:
    """Languages in which a campaign where this target decides offers letters."""
    deciding = Campaign.objects.filter(campaign_targets__target=target, campaign_targets__role=Role.DECIDES)
    own = Q(letter__campaign__in=deciding)
    shared = Q(letter__story__campaigns__in=deciding.filter(Letter.campaigns_without_own()))
    return set(LetterText.objects.filter(own | shared).values_list("language", flat=True))
