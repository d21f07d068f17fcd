"""Public pages that are the same bytes for everyone: kept for a few seconds, compressed once, revalidated by ETag."""

import gzip
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

MAX_AGE_SECONDS = 5
STALE_SECONDS = 30
NO_WEIGHT = re.compile(r"q=0(\.0*)?")


@dataclass(frozen=True)
class _Page:
    content: bytes
    zipped: bytes
    content_type: str
    etag: str


def public_page(*, parameters: tuple[str, ...] = ()) -> Callable[..., Callable[..., HttpResponse]]:
    """Serve the view's answer from the cache; only the named query parameters make another page.

    The view must not look at anything else of its request: no session, no other parameter, no header.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def served(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            key = _cache_key(request, parameters)
            page = cache.get(key) if settings.PAGE_CACHE_SECONDS else None
            if page is None:
                response = view(request, *args, **kwargs)
                if response.status_code != 200:
                    return response
                page = _packed(response)
                if settings.PAGE_CACHE_SECONDS:
                    cache.set(key, page, settings.PAGE_CACHE_SECONDS)
            return _answer(request, page)

        return served

    return decorate


def _cache_key(request: HttpRequest, parameters: tuple[str, ...]) -> str:
    # Encoded: a value must not be able to spell another parameter and take its page's place.
    chosen = urlencode([(name, request.GET[name]) for name in parameters if name in request.GET], errors="replace")
    return "page." + hashlib.sha256(f"{request.path}?{chosen}".encode("utf-8", "replace")).hexdigest()


def _packed(response: HttpResponse) -> _Page:
    content = response.content
    return _Page(
        content=content,
        # Level 5 and no time stamp, so that equal pages are equal bytes.
        zipped=gzip.compress(content, compresslevel=5, mtime=0),
        content_type=response.headers["Content-Type"],
        etag=f'W/"{hashlib.sha256(content).hexdigest()[:24]}"',
    )


def takes_gzip(accepted: str) -> bool:
    """Whether an Accept-Encoding names gzip, and not with the weight 0, which forbids it."""
    for coding in accepted.lower().split(","):
        name, _semicolon, weight = coding.replace(" ", "").partition(";")
        if name == "gzip":
            return not NO_WEIGHT.fullmatch(weight)
    return False


def _answer(request: HttpRequest, page: _Page) -> HttpResponse:
    zips = takes_gzip(request.headers.get("Accept-Encoding", ""))
    body = page.zipped if zips else page.content
    response = HttpResponse(b"" if request.method == "HEAD" else body, content_type=page.content_type)
    response.headers["Content-Length"] = str(len(body))
    if zips:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["ETag"] = page.etag
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = f"public, max-age={MAX_AGE_SECONDS}, stale-while-revalidate={STALE_SECONDS}"
    return get_conditional_response(request, etag=page.etag, response=response) or response
