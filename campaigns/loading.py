"""Fetching campaigns with all that their pages need, in a number of statements that no list makes grow."""

from collections.abc import Iterable, Sequence

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Model, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import JSONObject

from petitions.counting import CountRead, read_counts
from petitions.models import PetitionText

from .models import Campaign, CampaignTarget, CampaignText, City, CityName, Contact, DeedCount, TargetText

PETITION_TEXT_FIELDS = ("language", "title", "addressed_to", "body")
TARGET_TEXT_FIELDS = ("language", "office", "salutation")
CONTACT_FIELDS = ("id", "kind", "value", "language")


def rows_as_json(model: type[Model], key: str, outer: str, fields: Sequence[str]) -> ArraySubquery:
    """A model's rows as one column of the outer query: small children without a statement of their own."""
    rows = model._default_manager.filter(**{key: OuterRef(outer)})
    return ArraySubquery(rows.values(row=JSONObject(**{field: field for field in fields})))


def with_city_names(cities: Iterable[City]) -> None:
    """Load the names of several cities at once."""
    by_id: dict[int, list[City]] = {}
    for city in cities:
        by_id.setdefault(city.pk, []).append(city)
        city.loaded_names = []
    for name in CityName.objects.filter(city_id__in=by_id):
        for city in by_id[name.city_id]:
            city.loaded_names.append(name)


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
    """Load the counts that the thermometers show. City names must be loaded before."""
    campaigns = list(campaigns)
    keys = (
        set().union(*(c.asked_city.count_keys() | c.other_city.count_keys() for c in campaigns)) if campaigns else set()
    )
    counts = read_counts({campaign.petition_id for campaign in campaigns}, keys, with_waiting=with_waiting)
    for campaign in campaigns:
        campaign.loaded_counts = counts.get(campaign.petition_id, CountRead(0, {}))


def letters_prepared() -> Subquery:
    """How many letters were prepared for each campaign, ever."""
    rows = DeedCount.objects.filter(campaign=OuterRef("pk"), channel=DeedCount.Channel.LETTER).order_by()
    return Subquery(rows.values("campaign").values(total=Sum("count")))


def load(campaigns: QuerySet[Campaign]) -> Sequence[Campaign]:
    """Campaigns with what every card and page shows: five statements, for one campaign or for three hundred."""
    rows = list(
        campaigns.select_related("asked_city", "other_city", "petition", "story").annotate(
            petition_texts=rows_as_json(PetitionText, "petition_id", "petition_id", PETITION_TEXT_FIELDS),
            letters_prepared=letters_prepared(),
        )
    )
    for campaign in rows:
        campaign.petition.loaded_texts = [PetitionText(**text) for text in campaign.petition_texts]
    with_city_names(city for campaign in rows for city in (campaign.asked_city, campaign.other_city))
    with_texts(rows)
    with_targets(rows)
    with_counts(rows)
    return rows
