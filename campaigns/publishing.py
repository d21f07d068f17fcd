"""What binds a campaign to its petition: where signers come home to, and a first draft of the petition's texts."""

from petitions.languages import best_text
from petitions.models import Petition, PetitionText

from .loading import load
from .models import Campaign
from .presentation import CampaignPage


def page_path(slug: str) -> str:
    """A campaign's address after the language."""
    return f"campaigns/{slug}/"


def settle_page(campaign: Campaign, old_slug: str = "") -> None:
    """Lead the petition's signers home to this campaign, unless another campaign has them already.

    A draft is no home: its address answers 404.
    """
    own = {page_path(campaign.slug), page_path(old_slug or campaign.slug)}
    Petition.objects.filter(page_path__in=own).exclude(pk=campaign.petition_id).update(page_path="")
    home = "" if campaign.status == Campaign.Status.DRAFT else page_path(campaign.slug)
    Petition.objects.filter(pk=campaign.petition_id, page_path__in={"", *own}).update(page_path=home)


def write_petition(campaign: Campaign) -> list[str]:
    """Draft the petition's texts from headline, summary and the decider's office; the languages that were written.

    A language that lacks one of the three is left out, and no text that exists is touched.
    """
    loaded = load(Campaign.objects.filter(pk=campaign.pk))[0]
    taken = {text.language for text in loaded.petition.loaded_texts}
    languages = sorted({text.language for text in loaded.loaded_texts} - taken)
    texts = [text for language in languages if (text := _drafted(loaded, language))]
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
