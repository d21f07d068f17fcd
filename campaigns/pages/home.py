"""Finding a campaign, and what the site says of itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from petitions.languages import reader_language
from petitions.names import city_key
from petitions.page_cache import public_page

from ..models import Campaign, City
from ..reading.loading import with_city_names
from ..reading.page import pages
from .twin_map import arcs, places

CAMPAIGNS_ON_HOME = 12
CAMPAIGNS_A_LIST = 60


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
@public_page(parameters=("city",))
def campaigns(request: HttpRequest) -> HttpResponse:
    """All campaigns, or those of one city in any spelling."""
    asked = request.GET.get("city", "").strip()[:100]
    rows = Campaign.objects.visible()
    if asked:
        cities = _cities_called(asked)
        rows = rows.filter(asked_city__in=cities) | rows.filter(other_city__in=cities)
    context = {"pages": pages(rows[:CAMPAIGNS_A_LIST], reader_language()), "asked": asked}
    return render(request, "campaigns/pages/campaigns.html", context)


def _cities_called(name: str) -> list[City]:
    """Cities one of whose spellings begins with `name`."""
    wanted = city_key(name)
    cities = list(City.objects.all())
    with_city_names(cities)
    return [city for city in cities if any(key[3:].startswith(wanted) for key in city.count_keys())] if wanted else []


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
