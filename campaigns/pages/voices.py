"""Why people sign: a few approved comments, from here and from both cities."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from petitions.models import Comment
from petitions.spellings import place_of_signature

from ..reading.page import CampaignPage

SHOWN = 3
# The newest are looked at; longer ones are for the page of all comments.
LOOKED_AT = 60
LONGEST = 320


@dataclass(frozen=True)
class Voice:
    """`side` is `asked`, `other` or `world`: where its author lives."""

    comment: Comment
    side: str


def voices(page: CampaignPage) -> list[Voice]:
    """First one in the reader's language, then one from each city, then the newest; none by its length alone."""
    comments = page.campaign.petition.comments.visible().top_level().select_related("signature")
    placed = comments.annotate(place=place_of_signature("signature__")).order_by("-pk")
    newest = [Voice(comment, _side(page, comment.place)) for comment in placed[:LOOKED_AT]]
    short = [voice for voice in newest if len(voice.comment.text) <= LONGEST]
    wanted: list[Callable[[Voice], bool]] = [
        lambda voice: voice.comment.written_in.split("-")[0] == page.language.split("-")[0],
        lambda voice: voice.side == "other",
        lambda voice: voice.side == "asked",
        *[lambda voice: True] * SHOWN,
    ]
    chosen: list[Voice] = []
    for wish in wanted:
        if found := _first(short, wish, chosen):
            chosen.append(found)
    return chosen[:SHOWN]


def _first(voices: Iterable[Voice], wish: Callable[[Voice], bool], chosen: list[Voice]) -> Voice | None:
    return next((voice for voice in voices if voice not in chosen and wish(voice)), None)


def _side(page: CampaignPage, place: int | None) -> str:
    sides = {page.campaign.other_city.place_id: "other", page.campaign.asked_city.place_id: "asked"}
    return sides.get(place, "world") if place else "world"
