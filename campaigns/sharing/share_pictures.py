"""Drawing the pictures of links beside the web, each once, and removing those that were shown before."""

import logging
from datetime import timedelta

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now

from ..models import Campaign, SharePicture
from ..reading.loading import load
from ..reading.page import CampaignPage
from ..typesetting.compiling import UnprintableError, is_available
from .share_card import ShareCard, draw

logger = logging.getLogger(__name__)

# One takes a third of a second of a core. Looking at a campaign takes a millisecond.
PICTURES_A_ROUND = 4
CAMPAIGNS_A_ROUND = 25
# Who has not finished by then has died; another draws it.
LEASE = timedelta(minutes=5)
# Pages that other sites have kept name the former picture.
GRACE = timedelta(days=30)
FILES_A_ROUND = 100


class Drawing:
    """Each worker walks through the campaigns, a few a round. What two of them come to, one of them draws."""

    def __init__(self) -> None:
        self.after = 0

    def __call__(self) -> int:
        """Always 0: after a few pictures the core is others' for a while."""
        if not is_available():
            return 0
        rows = load(Campaign.objects.visible().filter(pk__gt=self.after).order_by("pk")[:CAMPAIGNS_A_ROUND])
        drawn = 0
        for campaign in rows:
            for page in pages_shared(campaign):
                if drawn == PICTURES_A_ROUND:
                    return 0
                drawn += keep_current(page)
            self.after = campaign.pk
        if not rows:
            self.after = 0
            remove_former()
        return 0


draw_some = Drawing()


def pages_shared(campaign: Campaign) -> list[CampaignPage]:
    """The campaign in every language that some reader finds its headline in."""
    languages = {CampaignPage(campaign, language).headline.language for language, _name in settings.LANGUAGES}
    return [CampaignPage(campaign, language) for language in sorted(languages)]


def keep_current(page: CampaignPage) -> int:
    """Draw the picture if it shows something else by now; how many were drawn."""
    card = ShareCard.of(page)
    shown = page.campaign.loaded_share_pictures.get(page.language)
    if (shown and shown.digest == card.digest) or not card.can_be_drawn:
        return 0
    row = _claimed(page, card)
    if row is None:
        return 0
    SharePicture.objects.filter(pk=row.pk).update(name=_stored(page, card), made_at=Now())
    return 1


def _claimed(page: CampaignPage, card: ShareCard) -> SharePicture | None:
    """The row of a picture that is ours to draw."""
    row, is_new = SharePicture.objects.get_or_create(campaign=page.campaign, language=page.language, digest=card.digest)
    if is_new:
        return row
    same = SharePicture.objects.filter(pk=row.pk)
    # Drawn before, and now true again.
    same.exclude(name="").update(made_at=Now())
    is_ours = same.filter(made_at=None, claimed_at__lt=Now() - LEASE).update(claimed_at=Now())
    return row if is_ours else None


def _stored(page: CampaignPage, card: ShareCard) -> str:
    """Its name; none where it cannot be drawn, which is not tried again."""
    try:
        ending, content = draw(page, card)
    except (UnprintableError, OSError, ValueError):
        logger.warning("no picture to share for %s in %s", page.campaign, page.language, exc_info=True)
        return ""
    name = f"share/{page.campaign.slug}-{page.language}-{card.digest[:16]}.{ending}"
    return default_storage.save(name, ContentFile(content))


def remove_former() -> int:
    """Files that nobody shows any more, and those of campaigns that are gone."""
    newer = SharePicture.objects.filter(
        campaign=OuterRef("campaign"), language=OuterRef("language"), made_at__gt=OuterRef("made_at")
    ).exclude(name="")
    replaced = Exists(newer.filter(made_at__lt=Now() - GRACE))
    former = SharePicture.objects.filter(Q(campaign=None) | Q(replaced))[:FILES_A_ROUND]
    for picture in former:
        if picture.name:
            default_storage.delete(picture.name)
        picture.delete()
    return len(former)
