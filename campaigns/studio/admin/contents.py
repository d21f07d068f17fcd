"""What belongs to a campaign or story and has a page of its own: listed where its owner is edited."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString

from petitions.admin.languages import languages_shown
from petitions.languages import best_text, reader_language
from petitions.loading import loaded

from ...models import CONTENT_KINDS, Campaign, Story, WordedContent


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
    return [_kind(model, owner) for model in CONTENT_KINDS]


def _kind(model: type[WordedContent], owner: Campaign | Story) -> Kind:
    owner_field = "campaign" if isinstance(owner, Campaign) else "story"
    shown = model.objects.shown_in(owner) if isinstance(owner, Campaign) else model.objects.of(owner)
    texts = loaded("texts")
    rows = shown.select_related("campaign", "story").prefetch_related(texts)
    route = f"admin:campaigns_{model._meta.model_name}"
    parts = [
        Part(
            name=_name(row),
            url=reverse(f"{route}_change", args=[row.pk]),
            languages=languages_shown(row.loaded_texts, row.owner.source_language, in_any=row.own_takes_the_place),
            is_shared=getattr(row, f"{owner_field}_id") != owner.pk,
        )
        for row in rows
    ]
    add_url = f"{reverse(f'{route}_add')}?{owner_field}={owner.pk}"
    return Kind(str(model._meta.verbose_name), str(model._meta.verbose_name_plural), add_url, parts)


def _name(row: WordedContent) -> str:
    """Updates and evidence are known by their words, the others by the name organizers gave them."""
    text = best_text(row.loaded_texts, reader_language(), row.owner.source_language)
    words = getattr(text, "title", "") or getattr(text, "claim", "")
    return f"{row}: {words[:80]}" if words else str(row)
