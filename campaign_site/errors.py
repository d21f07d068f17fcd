"""Error pages that help: short, in the visitor's language, with a way on."""

import logging
import sys
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

logger = logging.getLogger(__name__)

# Refused, cut, locked or too slow. What is wrong with a statement itself has other names.
DATABASE_AWAY = (OperationalError, InterfaceError)
RETRY_SECONDS = 30
PAGES = {status: f"{status}.html" for status in (400, 403, 404, 405, 413, 414, 429)}


class HelpfulErrors:
    """Give a page to client errors that Django answers with an empty body, such as a wrong method."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_bare = response.status_code in PAGES and not response.streaming and not response.content
        if is_bare and request.method != "HEAD":
            response.content = render_to_string(PAGES[response.status_code], {"language_path": "/"}, request)
            response.headers["Content-Type"] = "text/html; charset=utf-8"
            # CommonMiddleware has counted the empty body: servers would cut this one to nothing.
            response.headers["Content-Length"] = str(len(response.content))
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """One line for each, not a traceback: while the database is away, everybody meets it."""
        if not isinstance(exception, DATABASE_AWAY):
            return None
        logger.warning("database away or busy: %s at %s", type(exception.__cause__ or exception).__name__, request.path)
        return database_away()


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Rendered without a request: whatever broke may break again there."""
    if isinstance(sys.exc_info()[1], DATABASE_AWAY):
        return database_away()
    return HttpResponse(render_to_string("500.html"), status=500)


def database_away() -> HttpResponse:
    """Rendered without a request, for a page would ask the database who its reader is."""
    headers = {"Retry-After": str(RETRY_SECONDS), "Cache-Control": "no-store"}
    return HttpResponse(render_to_string("503.html"), status=503, headers=headers)
