"""Texts of what belongs to a campaign or its story, as readers of that campaign find them."""

from typing import TypeVar, cast

from petitions.languages import Text, TextQuerySet

from ..models import Campaign
from ..models.contents import Content

TextT = TypeVar("TextT", bound=Text)


def texts_shown(campaign: Campaign, model: type[TextT], owner: str) -> list[list[TextT]]:
    """Row by row in the organizer's order, every language of each."""
    grouped: dict[int, list[TextT]] = {}
    for text in _rows(campaign, model, owner):
        grouped.setdefault(getattr(text, f"{owner}_id"), []).append(text)
    return list(grouped.values())


def best_texts_shown(campaign: Campaign, model: type[TextT], owner: str, language: str) -> list[TextT]:
    """Row by row in the organizer's order, the one text for a reader of `language`."""
    return list(_rows(campaign, model, owner).best_for(owner, language, campaign.source_language))


def _rows(campaign: Campaign, model: type[TextT], owner: str) -> TextQuerySet:
    """The owner comes with each text, so one statement serves both."""
    owners = cast(type[Content], model._meta.get_field(owner).related_model)
    fields = [str(field) for field in owners._meta.ordering or ()]
    order = [f"-{owner}__{field[1:]}" if field[0] == "-" else f"{owner}__{field}" for field in fields]
    shown = owners.objects.shown_in(campaign)
    return model.objects.filter(**{f"{owner}__in": shown}).select_related(owner).order_by(*order)
