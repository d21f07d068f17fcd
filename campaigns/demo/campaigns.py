"""The demonstration's pairs of cities: a petition and a campaign for each."""

from datetime import datetime
from typing import Any

from petitions.models import Petition, PetitionText

from ..models import Campaign, City, Story
from ..rules.placeholders import fill
from ..studio.publishing import settle_page
from .content import add_content, write_texts
from .files import SOURCE_LANGUAGE, at_noon, facts, heads_and_body, texts
from .targets import add_targets

STORY = "dog-and-cat-meat-trade"
STORY_NAME = "Dog and cat meat trade"


def load_story(now: datetime) -> Story:
    story, is_new = Story.objects.get_or_create(name=STORY_NAME, defaults={"source_language": SOURCE_LANGUAGE})
    if is_new:
        add_content(story, STORY, now)
    return story


def add_petition(pair: dict[str, Any], cities: dict[str, City]) -> Petition:
    """An open petition with its texts: the shared ones, and before them its own."""
    opened_at = at_noon(pair["opened_on"])
    slug = pair["slug"]
    petition = Petition.objects.create(
        slug=slug,
        status=Petition.Status.OPEN,
        goal=pair["goal"],
        source_language=SOURCE_LANGUAGE,
        opened_at=opened_at,
    )
    Petition.objects.filter(pk=petition.pk).update(created_at=opened_at)
    asked, other = cities[pair["asked"]], cities[pair["other"]]
    rows = []
    for language, text in (texts(f"{STORY}/petition.md") | texts(f"{slug}/petition.md")).items():
        values = {"asked_city": asked.name_in(language), "other_city": other.name_in(language)}
        title, addressed_to, body = heads_and_body(fill(text, values), 2)
        words = {"title": title, "addressed_to": addressed_to, "body": body}
        rows.append(PetitionText(petition=petition, language=language, **words))
    write_texts(rows)
    return petition


def add_campaign(
    pair: dict[str, Any], petition: Petition, story: Story, cities: dict[str, City], now: datetime
) -> Campaign:
    campaign = Campaign.objects.create(
        slug=pair["slug"],
        asked_city=cities[pair["asked"]],
        other_city=cities[pair["other"]],
        twinned_in=pair["twinned_in"],
        petition=petition,
        story=story,
        source_language=SOURCE_LANGUAGE,
        status=Campaign.Status.PUBLISHED,
        published_at=at_noon(pair["opened_on"]),
        is_demo=True,
    )
    add_targets(campaign)
    if facts(campaign.slug):
        add_content(campaign, campaign.slug, now)
    settle_page(campaign)
    return campaign
