"""Numbers of a petition for other programs: small, the same for everyone, of nobody in particular."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from ..counting import read_counts
from ..page_cache import public_page
from .visible import visible_petition


@require_safe
def count(request: HttpRequest, slug: str) -> HttpResponse:
    """Readable from any site's page; it carries nothing that a cookie could open."""
    response = _count(request, slug)
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@public_page()
def _count(request: HttpRequest, slug: str) -> HttpResponse:
    petition = visible_petition(slug)
    counts = read_counts([petition.pk])[petition.pk]
    return JsonResponse(
        {
            "petition": petition.slug,
            "count": counts.total,
            "this_week": counts.this_week,
            "goal": petition.goal,
            "is_open": petition.is_open,
        }
    )
