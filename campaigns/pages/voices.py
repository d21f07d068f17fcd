"""Why people sign: a few approved comments, from here and from both cities."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from petitions.models import Comment

from ..models import City
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
    newest = [Voice(comment, _side(page, comment)) for comment in comments.order_by("-pk")[:LOOKED_AT]]
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


def _side(page: CampaignPage, comment: Comment) -> str:
    signature = comment.signature
    if signature is None:
        return "world"
    here = f"{signature.country}:{signature.city_key}"
    sides: list[tuple[str, City]] = [("asked", page.campaign.asked_city), ("other", page.campaign.other_city)]
    return next((side for side, city in sides if here in city.count_keys()), "world")
