"""Error pages that help: short, in the visitor's language, with a way on."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

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


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Rendered without a request: whatever broke may break again there."""
    return HttpResponse(render_to_string("500.html"), status=500)
