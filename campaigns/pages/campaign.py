"""The campaign page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from petitions.captcha import allows_captcha
from petitions.consent import consent_text
from petitions.forms import FollowForm, SignForm
from petitions.page_cache import public_page

from ..reading.page import CampaignPage, page_or_404
from .sections import Sections


@require_safe
def campaign(request: HttpRequest, slug: str) -> HttpResponse:
    """`?preview` shows organizers the page as it is this moment, drafts included; to all others it says nothing."""
    if "preview" in request.GET and request.user.has_perm("campaigns.change_campaign"):
        return _preview(request, slug)
    return _public(request, slug)


@allows_captcha
@public_page()
def _public(request: HttpRequest, slug: str) -> HttpResponse:
    return _render(request, page_or_404(slug))


@never_cache
@allows_captcha
def _preview(request: HttpRequest, slug: str) -> HttpResponse:
    return _render(request, page_or_404(slug, is_preview=True), is_preview=True)


def _render(request: HttpRequest, page: CampaignPage, *, is_preview: bool = False) -> HttpResponse:
    petition = page.campaign.petition
    text = page.petition_text
    context = {
        "page": page,
        "campaign": page.campaign,
        "sections": Sections(page),
        "petition": petition,
        "text": text,
        "consent": consent_text(text) if text else "",
        "sign_form": SignForm(petition=petition) if page.campaign.takes_signatures and text else None,
        "follow_form": FollowForm(petition=petition) if _can_be_followed(page) else None,
        "is_preview": is_preview,
    }
    return render(request, "campaigns/pages/campaign.html", context)


def _can_be_followed(page: CampaignPage) -> bool:
    """What has ended, or has not begun, collects no addresses."""
    return not page.campaign.is_closed and page.campaign.petition.can_be_followed
