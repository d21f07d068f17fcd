"""A campaign's life: published, closed with an outcome, reopened. Its petition goes with it.

Each step leaves a line in the log of staff acts.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from petitions import lifecycle
from petitions.lifecycle import StepRefusedError
from petitions.models import Petition

from ..models import Campaign

S = Campaign.Status
GOING_ON = (Petition.Status.OPEN, Petition.Status.PAUSED)


def publish(campaign: Campaign, actor: AbstractBaseUser, at: datetime | None = None) -> None:
    """Show it to readers, now or at a time to come. A petition that is a draft opens with it, once it has a text."""
    published_at = at or campaign.published_at or timezone.now()
    with transaction.atomic():
        petition = _locked_petition(campaign)
        _step(campaign, actor, "publish", [S.DRAFT], S.PUBLISHED, published_at=published_at)
        if petition.status == Petition.Status.DRAFT and petition.texts.exists():
            lifecycle.publish(petition, actor, at=petition.opened_at or published_at)


def unpublish(campaign: Campaign, actor: AbstractBaseUser) -> None:
    """Take it back: readers no longer see it. Its petition stays as it is."""
    _step(campaign, actor, "unpublish", [S.PUBLISHED, S.CLOSED], S.DRAFT, closed_at=None)


def close(campaign: Campaign, actor: AbstractBaseUser, at: datetime | None = None) -> None:
    """End it with an outcome, and its petition with it, unless another published campaign still needs that."""
    with transaction.atomic():
        petition = _locked_petition(campaign)
        closed_at = at or campaign.closed_at or timezone.now()
        _step(campaign, actor, "close", [S.PUBLISHED], S.CLOSED, closed_at=closed_at)
        if other := others_going_on(campaign).first():
            own = page_path(campaign.slug)
            Petition.objects.filter(pk=petition.pk, page_path=own).update(page_path=page_path(other.slug))
        elif petition.status in GOING_ON:
            lifecycle.close(petition, actor)


def close_left_petition(campaign: Campaign, actor: AbstractBaseUser) -> None:
    """End the petition that a closed campaign has left open. Raises StepRefusedError where it is still needed."""
    with transaction.atomic():
        petition = _locked_petition(campaign)
        if not has_left_petition(Campaign.objects.select_related("petition").get(pk=campaign.pk)):
            raise StepRefusedError(f"close: petition {petition.pk} is needed, or closed already")
        lifecycle.close(petition, actor)


def has_left_petition(campaign: Campaign) -> bool:
    """A closed campaign whose petition goes on, and no published campaign needs it."""
    return campaign.is_closed and campaign.petition.status in GOING_ON and not others_going_on(campaign).exists()


def others_going_on(campaign: Campaign) -> QuerySet[Campaign]:
    """The published campaigns that share its petition."""
    return Campaign.objects.filter(petition=campaign.petition_id, status=S.PUBLISHED).exclude(pk=campaign.pk)


def reopen(campaign: Campaign, actor: AbstractBaseUser) -> None:
    """Go on, and take signatures again."""
    with transaction.atomic():
        petition = _locked_petition(campaign)
        _step(campaign, actor, "reopen", [S.CLOSED], S.PUBLISHED, closed_at=None)
        if petition.status == Petition.Status.CLOSED:
            lifecycle.reopen(petition, actor)


# The step that leads from one status to another; where none is named there is no way.
STEPS: dict[tuple[str, str], Callable[[Campaign, AbstractBaseUser], None]] = {
    (S.DRAFT, S.PUBLISHED): publish,
    (S.PUBLISHED, S.DRAFT): unpublish,
    (S.CLOSED, S.DRAFT): unpublish,
    (S.PUBLISHED, S.CLOSED): close,
    (S.CLOSED, S.PUBLISHED): reopen,
}


def page_path(slug: str) -> str:
    """A campaign's address after the language."""
    return f"campaigns/{slug}/"


def settle_page(campaign: Campaign, old_slug: str = "") -> None:
    """Lead the petition's signers home to this campaign, unless another campaign has them already.

    A draft is no home: its address answers 404.
    """
    own = {page_path(campaign.slug), page_path(old_slug or campaign.slug)}
    Petition.objects.filter(page_path__in=own).exclude(pk=campaign.petition_id).update(page_path="")
    home = "" if campaign.status == S.DRAFT else page_path(campaign.slug)
    Petition.objects.filter(pk=campaign.petition_id, page_path__in={"", *own}).update(page_path=home)


def _locked_petition(campaign: Campaign) -> Petition:
    """Of two campaigns that share it, the second to close sees that the first did. Signing is not kept waiting."""
    return Petition.objects.select_for_update(no_key=True).get(pk=campaign.petition_id)


def _step(campaign: Campaign, actor: AbstractBaseUser, verb: str, before: list[S], after: S, **changes: Any) -> None:
    with transaction.atomic():
        lifecycle.compare_and_set(campaign, actor, verb, campaign.slug, {"status": before}, status=after, **changes)
        settle_page(campaign)
