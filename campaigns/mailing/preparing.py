"""What an update says in a mail: for the people of each petition, in every language it is written in."""

import hashlib
import json
from collections.abc import Iterable

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from petitions.languages import reader_language
from petitions.mailing import MailingWords
from petitions.models import Mailing

from ..models import Campaign, Update
from ..reading.page import CampaignPage, pages
from ..rules.placeholders import fill


def about(update: Update) -> str:
    """By this name the engine knows mailings of one update."""
    return f"update-{update.pk}"


def page_of(mailing: Mailing) -> str:
    """Where it is decided and watched."""
    return reverse("admin:campaigns_update_mail", args=[mailing.about.removeprefix("update-")])


def offered_campaigns(update: Update) -> QuerySet[Campaign]:
    """Those in which the public finds the update: links in the mail must lead somewhere."""
    shown = update.campaigns().filter(pk__in=Campaign.objects.visible())
    if update.published_at > timezone.now():
        shown = shown.none()
    return shown.select_related("petition", "asked_city", "other_city").order_by("slug")


def words_of(update: Update, campaigns: QuerySet[Campaign]) -> list[MailingWords]:
    """Placeholders take the words of the campaign; where several share a petition, of the one its signers come from."""
    texts = sorted(update.texts.all(), key=lambda text: (text.language != update.owner.source_language, text.language))
    return [
        MailingWords(
            petition_id=page.campaign.petition_id,
            language=text.language,
            subject=fill(text.title, page.values(text.language))[:300],
            body=fill(text.body, page.values(text.language)),
        )
        for page in _one_for_each_petition(pages(campaigns, reader_language()))
        for text in texts
    ]


def _one_for_each_petition(found: Iterable[CampaignPage]) -> list[CampaignPage]:
    chosen: dict[int, CampaignPage] = {}
    for page in sorted(found, key=lambda page: page.campaign.slug):
        is_home = page.campaign.petition.page_path.strip("/").endswith(f"/{page.campaign.slug}")
        if is_home or page.campaign.petition_id not in chosen:
            chosen[page.campaign.petition_id] = page
    return list(chosen.values())


def seal(words: Iterable[MailingWords]) -> str:
    """A digest of what a page showed: the button sends that, and nothing that was written in between."""
    shown = json.dumps([list(vars(each).values()) for each in words], ensure_ascii=False)
    return hashlib.sha256(shown.encode()).hexdigest()[:32]
