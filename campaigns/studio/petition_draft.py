"""A first draft of a petition's texts, from its campaign's story."""

from django.db.models import QuerySet

from petitions.languages import best_text
from petitions.models import PetitionText

from ..models import Campaign
from ..reading.loading import load
from ..reading.page import CampaignPage


def write_petitions(campaigns: QuerySet[Campaign]) -> dict[Campaign, list[str]]:
    """Draft petitions' texts from headline, summary and the decider's office; the languages written for each campaign.

    A language that lacks one of the three is left out, and no text that exists is touched. Of campaigns that share a
    petition the first one writes. As many statements for one campaign as for three hundred.
    """
    known: dict[int, list[PetitionText]] = {}
    written: dict[Campaign, list[PetitionText]] = {}
    for campaign in load(campaigns):
        texts = known.setdefault(campaign.petition_id, list(campaign.loaded_petition_texts))
        taken = {text.language for text in texts}
        languages = sorted({text.language for text in campaign.loaded_texts} - taken)
        written[campaign] = [text for language in languages if (text := _drafted(campaign, language))]
        texts += written[campaign]
        source = next((text for text in texts if text.language == campaign.petition.source_language), None)
        for text in written[campaign]:
            if source and text is not source:
                text.declare_translation_of(source)
    PetitionText.objects.bulk_create(text for texts in written.values() for text in texts)
    return {campaign: [text.language for text in texts] for campaign, texts in written.items()}


def _drafted(campaign: Campaign, language: str) -> PetitionText | None:
    page = CampaignPage(campaign, language)
    decider = page.decider
    office = best_text(decider.loaded_texts, language, language) if decider else None
    in_language = (page.headline.language, page.summary.language, office.language if office else "")
    if not page.headline or not page.summary or set(in_language) != {language}:
        return None
    return PetitionText(
        petition=campaign.petition,
        language=language,
        title=str(page.headline)[:200],
        addressed_to=office.office if office else "",
        body=str(page.summary),
    )
