"""Finding a campaign, and what the site says of itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from petitions.languages import reader_language
from petitions.page_cache import public_page

from ..models import Campaign
from ..reading.page import pages
from .twin_map import arcs, places

CAMPAIGNS_ON_HOME = 12


def root(request: HttpRequest) -> HttpResponse:
    """`/` goes to the home page in the language the browser asks for."""
    return redirect("campaigns:home")


@require_safe
@public_page()
def home(request: HttpRequest) -> HttpResponse:
    campaigns = pages(
        Campaign.objects.visible().filter(status=Campaign.Status.PUBLISHED)[:CAMPAIGNS_ON_HOME], reader_language()
    )
    curves = arcs(campaigns)
    return render(request, "campaigns/pages/home.html", {"pages": campaigns, "arcs": curves, "places": places(curves)})


@require_safe
@public_page()
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "campaigns/pages/about.html")


@require_safe
@public_page()
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "campaigns/pages/privacy.html")


@require_safe
@public_page()
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "campaigns/pages/accessibility.html")
