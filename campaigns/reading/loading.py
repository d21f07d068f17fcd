"""Fetching campaigns with all that their pages need, in a number of statements that no list makes grow.

What was fetched stands in attributes `loaded_…`, as with `petitions.loading.loaded`.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Model, OuterRef, Q, QuerySet, Subquery, Sum, prefetch_related_objects
from django.db.models.functions import JSONObject

from petitions.counting import read_counts
from petitions.loading import loaded
from petitions.models import PetitionText

from ..models import (
    Campaign,
    CampaignTarget,
    CampaignText,
    City,
    Contact,
    DeedCount,
    Media,
    MediaText,
    SharePicture,
    TargetText,
)

PETITION_TEXT_FIELDS = ("language", "title", "addressed_to", "body")
TARGET_TEXT_FIELDS = ("language", "office", "salutation")
CONTACT_FIELDS = ("id", "kind", "value", "language")
MEDIA_FIELDS = ("id", "image", "width", "height", "credit", "renditions", "renditions_of")
SHARE_PICTURE_FIELDS = ("language", "digest", "name")
MEDIA_TEXT_FIELDS = ("language", "alt", "caption")


def rows_as_json(model: type[Model], key: str, outer: str, fields: Sequence[str]) -> ArraySubquery:
    """A model's rows as one column of the outer query: small children without a statement of their own."""
    return _as_json(model._default_manager.filter(**{key: OuterRef(outer)}), fields)


def _as_json(rows: QuerySet, fields: Sequence[str]) -> ArraySubquery:
    return ArraySubquery(rows.values(row=JSONObject(**{field: field for field in fields})))


def _petition_texts(language: str | None) -> ArraySubquery:
    """The petition's text for a reader of `language`; without one, all."""
    rows = PetitionText.objects.filter(petition_id=OuterRef("petition_id"))
    if language:
        rows = rows.by_preference(language, OuterRef("petition__source_language"))[:1]
    return _as_json(rows, PETITION_TEXT_FIELDS)


def _heroes(language: str | None) -> ArraySubquery:
    """Texts of the picture at the top, the campaign's own before its story's; for a reader of `language` only one."""
    owned = Q(media__campaign=OuterRef("pk")) | Q(media__story=OuterRef("story_id"))
    rows = MediaText.objects.filter(owned, media__is_hero=True)
    own_first = F("media__campaign").asc(nulls_last=True)
    if language:
        rows = rows.by_preference(language, OuterRef("source_language"))
        rows = rows.order_by(own_first, "preference", "language")[:1]
    else:
        rows = rows.order_by(own_first, "language")
    of_text = {field: field for field in MEDIA_TEXT_FIELDS}
    of_media = JSONObject(**{field: f"media__{field}" for field in MEDIA_FIELDS})
    return ArraySubquery(rows.values(row=JSONObject(media=of_media, **of_text)))


def _share_pictures() -> ArraySubquery:
    """The one made last in each language."""
    made = SharePicture.objects.filter(campaign_id=OuterRef("pk"), made_at__isnull=False).exclude(name="")
    latest = made.order_by("language", "-made_at", "-pk").distinct("language")
    return _as_json(latest, SHARE_PICTURE_FIELDS)


def with_city_names(cities: Iterable[City]) -> None:
    """Load the names of several cities at once."""
    prefetch_related_objects(list(cities), loaded("names"))


def with_texts(campaigns: Iterable[Campaign]) -> None:
    """Load each campaign's words: its own, then those of its shared story."""
    campaigns = list(campaigns)
    story_ids = {campaign.story_id for campaign in campaigns if campaign.story_id}
    texts = list(CampaignText.objects.filter(Q(campaign__in=campaigns) | Q(story_id__in=story_ids)))
    for campaign in campaigns:
        own = [text for text in texts if text.campaign_id == campaign.pk]
        shared = [text for text in texts if campaign.story_id and text.story_id == campaign.story_id]
        campaign.loaded_texts = own + shared


def with_targets(campaigns: Iterable[Campaign]) -> None:
    """Load targets with their offices and contacts, in the organizer's order."""
    by_id = {campaign.pk: campaign for campaign in campaigns}
    for campaign in by_id.values():
        campaign.loaded_targets = []
    rows = (
        CampaignTarget.objects.filter(campaign_id__in=by_id)
        .select_related("target__city")
        .annotate(
            offices=rows_as_json(TargetText, "target_id", "target_id", TARGET_TEXT_FIELDS),
            ways=rows_as_json(Contact, "target_id", "target_id", CONTACT_FIELDS),
        )
    )
    for row in rows.order_by("position", "pk"):
        row.target.loaded_texts = [TargetText(**office) for office in row.offices]
        row.target.loaded_contacts = [Contact(**way) for way in row.ways]
        by_id[row.campaign_id].loaded_targets.append(row)


def with_counts(campaigns: Iterable[Campaign], *, with_waiting: bool = False) -> None:
    """Load the counts that the thermometers show."""
    campaigns = list(campaigns)
    wanted: dict[int, set[int]] = {}
    for campaign in campaigns:
        places = (campaign.asked_city.place_id, campaign.other_city.place_id)
        wanted.setdefault(campaign.petition_id, set()).update(place for place in places if place)
    counts = read_counts(wanted, wanted, with_waiting=with_waiting)
    for campaign in campaigns:
        campaign.loaded_counts = counts[campaign.petition_id]


def deeds_done(channel: DeedCount.Channel) -> Subquery:
    """How often a deed was done for each campaign, ever."""
    rows = DeedCount.objects.filter(campaign=OuterRef("pk"), channel=channel).order_by()
    return Subquery(rows.values("campaign").values(total=Sum("count")))


def load(campaigns: QuerySet[Campaign], language: str | None = None) -> list[Campaign]:
    """Campaigns with what every card and page shows: five statements, for one campaign or for three hundred.

    `language` is the reader's; without one the petition's texts come in all languages, for organizers.
    """
    rows: list[Any] = list(
        campaigns.select_related("asked_city", "other_city", "petition", "story").annotate(
            petition_texts=_petition_texts(language),
            heroes=_heroes(language),
            pictures_to_share=_share_pictures(),
            prepared_count=deeds_done(DeedCount.Channel.LETTER),
            called_count=deeds_done(DeedCount.Channel.TELEPHONE),
        )
    )
    for campaign in rows:
        campaign.loaded_letters_prepared = campaign.prepared_count or 0
        campaign.loaded_calls_made = campaign.called_count or 0
        campaign.loaded_petition_texts = [PetitionText(**text) for text in campaign.petition_texts]
        campaign.loaded_heroes = [MediaText(**text | {"media": Media(**text["media"])}) for text in campaign.heroes]
        drawn = (SharePicture(**picture) for picture in campaign.pictures_to_share)
        campaign.loaded_share_pictures = {picture.language: picture for picture in drawn}
    with_city_names(city for campaign in rows for city in (campaign.asked_city, campaign.other_city))
    with_texts(rows)
    with_targets(rows)
    with_counts(rows)
    return rows
