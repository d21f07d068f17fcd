"""Where a petition is at home: the campaign that its signers come from and go back to."""

from dataclasses import dataclass
from functools import cached_property

from petitions.models import Petition

from ..models import Campaign
from .loading import with_city_names, with_counts
from .page import CampaignPage, pages


@dataclass
class PetitionHome:
    """Light until more than the two cities is asked for. Pages of petitions name no template but these."""

    campaign: Campaign
    language: str
    with_waiting: bool = False

    pair_template = "campaigns/reading/_pair_line.html"
    count_template = "campaigns/reading/_thermometer.html"
    next_steps_template = "campaigns/pages/_next_steps.html"

    @property
    def pair(self) -> CampaignPage:
        return CampaignPage(self.campaign, self.language)

    @property
    def url(self) -> str:
        return self.pair.url

    @property
    def is_over(self) -> bool:
        """Nothing more is asked of its signers."""
        return self.campaign.is_closed

    @cached_property
    def page(self) -> CampaignPage:
        page = pages(Campaign.objects.filter(pk=self.campaign.pk), self.language)[0]
        if self.with_waiting:
            with_counts([page.campaign], with_waiting=True)
        return page


def home_of(petition: Petition, language: str, *, with_waiting: bool = False) -> PetitionHome | None:
    """The campaign that signers of this petition come home to, in two statements, or None.

    `with_waiting` counts what is not yet rolled up, so that signers find themselves in it.
    """
    campaigns = Campaign.objects.visible().filter(petition=petition).select_related("asked_city", "other_city")
    slug = petition.page_path.strip("/").rpartition("/")[2]
    campaign = (campaigns.filter(slug=slug) if slug else campaigns).first()
    if campaign is None:
        return None
    with_city_names([campaign.asked_city, campaign.other_city])
    return PetitionHome(campaign, language, with_waiting)
