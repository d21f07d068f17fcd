"""What is missing in a campaign, said to its organizers in whole sentences."""

from collections.abc import Iterable, Iterator

from django.db.models import Q
from django.utils.translation import get_language, gettext

from petitions.languages import Text, language_name
from petitions.models import Petition

from .details import CampaignDetails
from .loading import load
from .models import Campaign, CampaignTarget, Contact, Evidence, Letter, Media, Update
from .placeholders import PLACEHOLDER
from .presentation import CampaignPage

# Filled in by the supporter who writes.
FILLED_BY_SENDERS = frozenset(["sender_name", "sender_address"])


def missing(campaign: Campaign) -> list[str]:
    """Everything an organizer should look at; empty when the campaign is ready."""
    loaded = load(Campaign.objects.filter(pk=campaign.pk))[0]
    page = CampaignPage(loaded, loaded.source_language)
    return [
        *_status(loaded),
        *_story(loaded),
        *_petition(loaded),
        *_targets(loaded),
        *_letters(page),
        *_parts(loaded),
    ]


def _names(tags: Iterable[str]) -> str:
    return ", ".join(language_name(tag, get_language() or "en") for tag in sorted(tags))


def _status(campaign: Campaign) -> Iterator[str]:
    is_draft = campaign.petition.status == Petition.Status.DRAFT
    if is_draft and campaign.status != Campaign.Status.DRAFT:
        yield gettext("The petition is still a draft, so readers do not see this campaign. Open the petition.")
    if not is_draft and campaign.status == Campaign.Status.DRAFT:
        yield gettext("The petition is open, but this campaign is still a draft that readers do not see.")


def _story(campaign: Campaign) -> Iterator[str]:
    source = campaign.source_language
    in_source = [text for text in campaign.loaded_texts if text.language == source]
    for field, name in (("headline", gettext("headline")), ("summary", gettext("summary")), ("body", gettext("story"))):
        if not any(getattr(text, field) for text in in_source):
            yield gettext("There is no %(part)s in the source language, %(language)s.") % {
                "part": name, "language": _names([source]),
            }  # fmt: skip
    own = [text for text in campaign.loaded_texts if text.campaign_id]
    shared = [text for text in campaign.loaded_texts if text.story_id]
    yield from _stale(own, source, gettext("The story"))
    if campaign.story:
        yield from _stale(shared, campaign.story.source_language, gettext("The shared story"))
    if campaign.is_closed and not any(text.outcome for text in campaign.loaded_texts):
        yield gettext("The campaign is closed, but no text says how it ended.")


def _stale(texts: Iterable[Text], source_language: str, what: str) -> Iterator[str]:
    texts = list(texts)
    source = next((text for text in texts if text.language == source_language), None)
    stale = [text.language for text in texts if text.is_stale(source)]
    if stale:
        yield gettext("%(what)s changed after it was translated into %(languages)s.") % {
            "what": what, "languages": _names(stale),
        }  # fmt: skip


def _petition(campaign: Campaign) -> Iterator[str]:
    texts = list(campaign.petition.texts.all())
    languages = {text.language for text in campaign.loaded_texts if text.headline}
    lacking = languages - {text.language for text in texts}
    if not texts:
        yield gettext("The petition has no text yet, so nobody can sign it.")
    elif lacking:
        yield gettext("The petition has no text in %(languages)s.") % {"languages": _names(lacking)}
    yield from _stale(texts, campaign.petition.source_language, gettext("The petition"))


def _targets(campaign: Campaign) -> Iterator[str]:
    deciding = [row.target for row in campaign.loaded_targets if row.role == CampaignTarget.Role.DECIDES]
    if not deciding:
        yield gettext("No target decides. Choose who is asked to act.")
    for target in deciding:
        kinds = {contact.kind for contact in target.loaded_contacts}
        if Contact.Kind.EMAIL not in kinds:
            yield gettext("%(target)s has no e-mail address.") % {"target": target}
        if Contact.Kind.POST not in kinds:
            yield gettext("%(target)s has no postal address.") % {"target": target}


def _letters(page: CampaignPage) -> Iterator[str]:
    details = CampaignDetails(page)
    native = page.campaign.asked_city.native_language
    if not any(view.body.language == native for view in details.letters):
        yield gettext("There is no letter in %(language)s, the language of the asked city.") % {
            "language": _names([native]),
        }  # fmt: skip
    for view in details.letters:
        about = {"letter": view.name, "language": _names([view.body.language])}
        written = f"{view.subject} {view.body}"
        empty = {name for name in PLACEHOLDER.findall(written) if name not in FILLED_BY_SENDERS}
        if empty:
            names = ", ".join(f"{{{name}}}" for name in sorted(empty))
            yield gettext("%(letter)s, %(language)s: nothing fills %(names)s.") % (about | {"names": names})
        if details.recipients and "body=" not in view.mailto:
            yield (
                gettext(
                    "%(letter)s, %(language)s: too long for a mail link, so readers have to copy it. Make it shorter."
                )
                % about
            )


def _parts(campaign: Campaign) -> Iterator[str]:
    owned = Q(campaign=campaign) | Q(story=campaign.story_id) if campaign.story_id else Q(campaign=campaign)
    for model in (Letter, Media, Evidence, Update):
        for part in model.objects.filter(owned).select_related("campaign", "story").prefetch_related("texts"):
            yield from _part(part)


def _part(part: Letter | Media | Evidence | Update) -> Iterator[str]:
    texts = list(part.texts.all())
    kind = str(part._meta.verbose_name)
    name = f"{kind[:1].upper()}{kind[1:]} “{part}”"
    if not texts:
        yield gettext("%(part)s has no text, so it is not shown.") % {"part": name}
    if isinstance(part, Media) and part.is_graphic:
        unwarned = [text.language for text in part.texts.all() if not text.warning]
        if unwarned:
            yield gettext("%(part)s is hard to look at, but has no warning in %(languages)s.") % {
                "part": name, "languages": _names(unwarned),
            }  # fmt: skip
    yield from _stale(texts, part.owner.source_language, name)
