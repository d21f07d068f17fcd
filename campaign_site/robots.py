"""What search engines may read."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

# Signers' own pages and lists of names stay out of search engines.
RULES = """User-agent: *
Disallow: /admin/
Disallow: /*/signatures/
Disallow: /*/follows/
Disallow: /*/petitions/*/signatures/
"""


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    return HttpResponse(RULES, content_type="text/plain")
