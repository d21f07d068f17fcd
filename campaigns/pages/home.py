"""Finding a campaign, and what the site says of itself."""

from django.conf import settings
from django.core.cache import cache
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from petitions.counting import read_together
from petitions.languages import reader_language
from petitions.names import city_key, tidy
from petitions.page_cache import public_page

from ..models import Campaign, City
from ..reading.loading import with_city_names
from ..reading.page import pages
from .by_country import by_country
from .twin_lines import twin_lines
from .twin_map import twin_map

# On the map and in the list; as cards, one large one and whole rows of small ones; as lines on a phone.
CAMPAIGNS_ON_HOME = 12
CARDS_ON_HOME = 7
LINES_ON_HOME = 8
CAMPAIGNS_A_LIST = 60
LONGEST_CITY = 100
SPELLINGS_KEY = "campaigns.spellings"
SPELLINGS_SECONDS = 30


def root(request: HttpRequest) -> HttpResponse:
    """`/` goes to the home page in the language the browser asks for."""
    return redirect("campaigns:home")


@require_safe
@public_page()
def home(request: HttpRequest) -> HttpResponse:
    visible = Campaign.objects.visible()
    newest = pages(visible.filter(status=Campaign.Status.PUBLISHED)[:CAMPAIGNS_ON_HOME], reader_language())
    world = twin_map(newest)
    context = {
        "pages": newest[:CARDS_ON_HOME],
        "map": world,
        "places": world.spots,
        "lines": twin_lines(newest[:LINES_ON_HOME]),
        "countries": by_country(newest),
        "together": read_together(visible.values("petition")),
        "number": visible.count(),
    }
    return render(request, "campaigns/pages/home.html", context)


@require_safe
@public_page(city=lambda text: tidy(text)[:LONGEST_CITY])
def campaigns(request: HttpRequest) -> HttpResponse:
    """All campaigns, or those of one city in any spelling."""
    asked = request.GET.get("city", "")
    rows = Campaign.objects.visible()
    if asked:
        cities = _cities_called(asked)
        rows = rows.filter(Q(asked_city__in=cities) | Q(other_city__in=cities)) if cities else rows.none()
    context = {"pages": pages(rows[:CAMPAIGNS_A_LIST], reader_language()), "asked": asked}
    return render(request, "campaigns/pages/campaigns.html", context)


def _cities_called(name: str) -> set[int]:
    """Cities one of whose spellings begins with `name`."""
    wanted = city_key(name)
    return {city for spelling, city in _spellings() if spelling.startswith(wanted)} if wanted else set()


def _spellings() -> list[tuple[str, int]]:
    """Every spelling of every city with the city's key, remembered: reading them all is most of a search's work."""
    spellings: list[tuple[str, int]] | None = cache.get(SPELLINGS_KEY) if settings.PAGE_CACHE_SECONDS else None
    if spellings is None:
        cities = list(City.objects.all())
        with_city_names(cities)
        spellings = [(key[3:], city.pk) for city in cities for key in city.count_keys()]
        if settings.PAGE_CACHE_SECONDS:
            cache.set(SPELLINGS_KEY, spellings, SPELLINGS_SECONDS)
    return spellings


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
