"""What belongs to a campaign or story and has a page of its own: listed where its owner is edited."""

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from petitions.admin.languages import languages_shown
from petitions.languages import best_text

from ..models import CallScript, Campaign, Evidence, Letter, Media, Story, Update
from .owned import Owned

KINDS = (Letter, CallScript, Media, Evidence, Update)
# A campaign with some of its own does not offer its story's.
TAKE_THE_PLACE = (Letter, CallScript)


@dataclass(frozen=True)
class Part:
    name: str
    url: str
    languages: SafeString
    is_shared: bool


@dataclass(frozen=True)
class Kind:
    name: str
    name_plural: str
    add_url: str
    parts: list[Part]


def kinds_of(owner: Campaign | Story) -> list[Kind]:
    """What has a page of its own, with its languages; a campaign shows what belongs to its story too."""
    return [_kind(model, owner) for model in KINDS]


def _kind(model: type[Owned], owner: Campaign | Story) -> Kind:
    owner_field = "campaign" if isinstance(owner, Campaign) else "story"
    owned = Q(**{owner_field: owner})
    if isinstance(owner, Campaign) and owner.story_id:
        owned |= Q(story=owner.story_id)
    rows = model._default_manager.filter(owned).select_related("campaign", "story").prefetch_related("texts")
    route = f"admin:campaigns_{model._meta.model_name}"
    parts = [
        Part(
            name=_name(row),
            url=reverse(f"{route}_change", args=[row.pk]),
            languages=languages_shown(row.texts.all(), row.owner.source_language),
            is_shared=getattr(row, f"{owner_field}_id") != owner.pk,
        )
        for row in rows
    ]
    if model in TAKE_THE_PLACE and not all(part.is_shared for part in parts):
        parts = [part for part in parts if not part.is_shared]
    add_url = f"{reverse(f'{route}_add')}?{owner_field}={owner.pk}"
    return Kind(str(model._meta.verbose_name), str(model._meta.verbose_name_plural), add_url, parts)


def _name(row: Owned) -> str:
    """Updates and evidence are known by their words, the others by the name organizers gave them."""
    text = best_text(row.texts.all(), get_language() or "en", row.owner.source_language)
    words = getattr(text, "title", "") or getattr(text, "claim", "")
    return f"{row}: {words[:80]}" if words else str(row)
