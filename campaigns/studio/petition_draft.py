"""A first draft of a petition's texts, from its campaign's story."""

from petitions.languages import best_text
from petitions.models import PetitionText

from ..models import Campaign
from ..reading.loading import load
from ..reading.page import CampaignPage


def write_petition(campaign: Campaign) -> list[str]:
    """Draft the petition's texts from headline, summary and the decider's office; the languages that were written.

    A language that lacks one of the three is left out, and no text that exists is touched.
    """
    loaded = load(Campaign.objects.filter(pk=campaign.pk))[0]
    taken = {text.language for text in loaded.loaded_petition_texts}
    languages = sorted({text.language for text in loaded.loaded_texts} - taken)
    texts = [text for language in languages if (text := _drafted(loaded, language))]
    source_language = campaign.petition.source_language
    source = next((text for text in [*loaded.loaded_petition_texts, *texts] if text.language == source_language), None)
    for text in texts:
        if source and text is not source:
            text.declare_translation_of(source)
    PetitionText.objects.bulk_create(texts)
    return [text.language for text in texts]


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
