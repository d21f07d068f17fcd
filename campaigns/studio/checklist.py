"""What is missing in a campaign, said to its organizers in whole sentences."""

from collections.abc import Iterable, Iterator

from django.urls import reverse
from django.utils.formats import localize
from django.utils.translation import gettext

from petitions.languages import Text
from petitions.loading import loaded
from petitions.models import Petition

from ..letters.checks import check_letters_of
from ..models import CONTENT_KINDS, Campaign, CampaignTarget, Media, WordedContent
from ..reading.loading import load
from ..staff.problems import Problem, named, page_of
from ..targets.checks import reach, reported, verification, with_hours
from .publishing import has_left_petition
from .spellings import problems as spellings_of

PetitionPhase = Petition.Phase


def missing(campaign: Campaign) -> list[Problem]:
    """Everything an organizer should look at; empty when the campaign is ready."""
    loaded = load(Campaign.objects.filter(pk=campaign.pk))[0]
    found = [
        *_status(loaded),
        *_story(loaded),
        *_petition(loaded),
        *_targets(loaded),
        *check_letters_of(loaded),
        *_parts(loaded),
        *spellings_of(loaded),
    ]
    # A salutation is missing for each letter that needs it, and is written once.
    return list(dict.fromkeys(found))


def _names(tags: Iterable[str]) -> str:
    return ", ".join(named(tag) for tag in sorted(tags))


def _status(campaign: Campaign) -> Iterator[Problem]:
    petition, phase = campaign.petition, campaign.petition.phase
    of_petition, of_campaign = page_of(petition, "id_status"), page_of(campaign, "id_status")
    if campaign.status == Campaign.Status.DRAFT:
        if phase == PetitionPhase.OPEN:
            message = gettext("The petition is open, but this campaign is still a draft that readers do not see.")
            yield Problem(message, of_campaign)
    elif phase == PetitionPhase.DRAFT:
        message = gettext("The petition is still a draft, so readers do not see this campaign. Open the petition.")
        yield Problem(message, of_petition)
    elif campaign.is_closed:
        if has_left_petition(campaign):
            yield Problem(
                gettext("The campaign is closed, but its petition is still open."),
                of_petition,
                act_url=reverse("admin:campaigns_campaign_close_petition", args=[campaign.pk]),
                act=gettext("Close the petition too"),
            )
    elif phase == PetitionPhase.SCHEDULED:
        message = gettext("Nobody can sign before the petition opens, on %(date)s.")
        yield Problem(message % {"date": localize(petition.opened_at)}, of_petition)
    elif phase == PetitionPhase.PAUSED:
        yield Problem(gettext("The petition is paused, so nobody can sign. Open it again, or close both."), of_petition)
    elif phase == PetitionPhase.ENDED:
        message = gettext("The petition is closed, but the campaign goes on. Close it and say how it ended.")
        yield Problem(message, of_campaign)


def _story(campaign: Campaign) -> Iterator[Problem]:
    source = campaign.source_language
    own_page = page_of(campaign, "texts-group")
    in_source = [text for text in campaign.loaded_texts if text.language == source]
    for field, name in (("headline", gettext("headline")), ("summary", gettext("summary")), ("body", gettext("story"))):
        if not any(getattr(text, field) for text in in_source):
            message = gettext("There is no %(part)s in the source language, %(language)s.")
            yield Problem(message % {"part": name, "language": _names([source])}, own_page)
    own = [text for text in campaign.loaded_texts if text.campaign_id]
    shared = [text for text in campaign.loaded_texts if text.story_id]
    yield from _stale(own, source, gettext("The story"), own_page)
    if campaign.story:
        shared_page = page_of(campaign.story, "texts-group")
        yield from _stale(shared, campaign.story.source_language, gettext("The shared story"), shared_page)
    if campaign.is_closed and not any(text.outcome for text in campaign.loaded_texts):
        yield Problem(gettext("The campaign is closed, but no text says how it ended."), own_page)


def _stale(texts: Iterable[Text], source_language: str, what: str, url: str) -> Iterator[Problem]:
    texts = list(texts)
    source = next((text for text in texts if text.language == source_language), None)
    stale = [text.language for text in texts if text.is_stale(source)]
    if stale:
        message = gettext("%(what)s changed after it was translated into %(languages)s.")
        yield Problem(message % {"what": what, "languages": _names(stale)}, url)


def _petition(campaign: Campaign) -> Iterator[Problem]:
    texts = list(campaign.petition.texts.all())
    languages = {text.language for text in campaign.loaded_texts if text.headline}
    lacking = languages - {text.language for text in texts}
    url = page_of(campaign.petition, "texts-group")
    if not texts:
        yield Problem(gettext("The petition has no text yet, so nobody can sign it."), url)
    elif lacking:
        yield Problem(gettext("The petition has no text in %(languages)s.") % {"languages": _names(lacking)}, url)
    yield from _stale(texts, campaign.petition.source_language, gettext("The petition"), url)


def _targets(campaign: Campaign) -> Iterator[Problem]:
    rows = campaign.loaded_targets
    if not any(row.role == CampaignTarget.Role.DECIDES for row in rows):
        url = page_of(campaign, "campaign_targets-group")
        yield Problem(gettext("No target decides. Choose who is asked to act."), url)
    known = with_hours(row.target for row in rows)
    for row in rows:
        yield from reach(row.target, row.role, has_hours=row.target_id in known)
        yield from verification(row.target)
    yield from reported([row.target for row in rows])


def _parts(campaign: Campaign) -> Iterator[Problem]:
    for model in CONTENT_KINDS:
        rows = model.objects.shown_in(campaign).select_related("campaign", "story")
        for part in rows.prefetch_related(loaded("texts")):
            yield from _part(part)


def _part(part: WordedContent) -> Iterator[Problem]:
    texts = part.loaded_texts
    kind = str(part._meta.verbose_name)
    name = f"{kind[:1].upper()}{kind[1:]} “{part}”"
    url = page_of(part, "texts-group")
    if not texts:
        yield Problem(gettext("%(part)s has no text, so it is not shown.") % {"part": name}, url)
    if isinstance(part, Media) and part.is_graphic:
        unwarned = [text.language for text in texts if not text.warning]
        if unwarned:
            message = gettext("%(part)s is hard to look at, but has no warning in %(languages)s.")
            yield Problem(message % {"part": name, "languages": _names(unwarned)}, url)
    yield from _stale(texts, part.owner.source_language, name, url)
