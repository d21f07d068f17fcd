"""Finding a campaign, and what the site says of itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from petitions.counting import read_together
from petitions.languages import reader_language
from petitions.page_cache import public_page

from ..models import Campaign
from ..reading.page import pages
from .by_country import by_country
from .twin_lines import twin_lines
from .twin_map import twin_map

# On the map and in the list; as cards, one large one and whole rows of small ones; as lines on a phone.
CAMPAIGNS_ON_HOME = 12
CARDS_ON_HOME = 7
LINES_ON_HOME = 8


def root(request: HttpRequest) -> HttpResponse:
    """`/` goes to the home page in the language the browser asks for."""
    return redirect("campaigns:home")


@require_safe
@public_page()
def home(request: HttpRequest) -> HttpResponse:
    visible = Campaign.objects.visible()
    newest = pages(visible.filter(status=Campaign.Status.PUBLISHED)[:CAMPAIGNS_ON_HOME], reader_language())
    world, number = twin_map(newest), visible.count()
    context = {
        "pages": newest[:CARDS_ON_HOME],
        "map": world,
        "places": world.spots,
        "lines": twin_lines(newest[:LINES_ON_HOME]),
        "countries": by_country(newest),
        "together": read_together(visible.values("petition")),
        "number": number,
        "are_all_listed": number == len(newest),
    }
    return render(request, "campaigns/pages/home.html", context)


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
