"""All campaigns, and those of one city."""

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from petitions.languages import reader_language
from petitions.models import Spelling
from petitions.names import tidy
from petitions.page_cache import public_page
from petitions.places import city_key

from ..models import Campaign, City
from ..reading.page import pages

CAMPAIGNS_A_LIST = 60
LONGEST_CITY = 100


@require_safe
@public_page(city=lambda text: tidy(text)[:LONGEST_CITY])
def campaigns(request: HttpRequest) -> HttpResponse:
    """All campaigns, or those of one city in any spelling."""
    asked = request.GET.get("city", "")
    rows = Campaign.objects.visible()
    if asked:
        cities = _cities_called(asked)
        rows = rows.filter(Q(asked_city__in=cities) | Q(other_city__in=cities))
    context = {"pages": pages(rows[:CAMPAIGNS_A_LIST], reader_language()), "asked": asked}
    return render(request, "campaigns/pages/campaigns.html", context)


def _cities_called(name: str) -> QuerySet[City]:
    """Cities one of whose names begins with `name`; what is said beside it counts nothing."""
    wanted = city_key(name).partition(", ")[0].partition(" - ")[0]
    if not wanted:
        return City.objects.none()
    names = Spelling.objects.filter(key__startswith=wanted).exclude(source=Spelling.Source.RULE)
    return City.objects.filter(place__in=names.values("place"))
