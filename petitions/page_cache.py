"""Public pages that are the same bytes for everyone: kept for a few seconds, compressed once, revalidated by ETag."""

import gzip
import hashlib
import logging
import re
import time
from collections.abc import Callable, Container
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.cache import caches
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils.cache import get_conditional_response

from .keyset import parsed_key
from .origin import client_network
from .throttling import READING_BY_NETWORK, ThrottledError, count_in_memory_or_refuse

logger = logging.getLogger(__name__)

MAX_AGE_SECONDS = 5
STALE_SECONDS = 30
# A copy to fall back on.
KEPT_SECONDS = 3600
# Longer than the database may make the web wait for a lock.
REMAKING_SECONDS = 5
NO_WEIGHT = re.compile(r"q=0(\.0*)?")


@dataclass(frozen=True)
class _Page:
    """Kept as most browsers get it: a sixth of the memory, and a third of a millisecond for the few who do not."""

    zipped: bytes
    content_type: str
    etag: str

    @property
    def content(self) -> bytes:
        return gzip.decompress(self.zipped)


# What one query parameter says, in one spelling; "" where it says nothing that the page knows. May raise Http404.
Reading = Callable[[str], str]


@dataclass(frozen=True)
class FreeText:
    """A parameter that says anything: no cache holds its pages, for there is no end of them. Its length comes first."""

    longest: int

    def __call__(self, text: str) -> str:
        return " ".join(text[: self.longest].split())


def public_page(**parameters: Reading) -> Callable[..., Callable[..., HttpResponse]]:
    """Serve the view's answer from the cache; only the named query parameters make another page.

    The view must not look at anything else of its request: no session, no header. It finds no other parameter.
    While the database is away or locked, the last good copy of up to an hour ago is served.
    """
    free = {name for name, reading in parameters.items() if isinstance(reading, FreeText)}

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def served(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            request.GET = _chosen(request, parameters)  # type: ignore[assignment]
            shelf = _Shelf(request, is_open=free.isdisjoint(request.GET))
            kept = shelf.take()
            if kept and kept.is_fresh:
                return _answer(request, kept.page)
            try:
                if request.GET:
                    count_in_memory_or_refuse(READING_BY_NETWORK, client_network(request))
                response = view(request, *args, **kwargs)
            except ThrottledError as error:
                return HttpResponse(status=429, headers={"Retry-After": str(error.retry_after)})
            except (OperationalError, InterfaceError) as error:
                if kept is None:
                    raise
                logger.warning("page kept from before is served: %s", type(error).__name__)
                return _answer(request, kept.page)
            except Http404:
                shelf.drop()
                raise
            if response.status_code != 200:
                shelf.drop()
                return response
            return _answer(request, shelf.put(_packed(response)))

        return served

    return decorate


def _chosen(request: HttpRequest, parameters: dict[str, Reading]) -> QueryDict:
    chosen = QueryDict(mutable=True)
    for name, reading in parameters.items():
        # A Python name cannot be `from`.
        name = name.rstrip("_")
        if said := reading(request.GET.get(name, "")):
            chosen[name] = said
    return chosen


@dataclass(frozen=True)
class _Kept:
    page: _Page
    fresh_until: float
    made_at: float

    @property
    def is_fresh(self) -> bool:
        return time.time() < self.fresh_until


class _Shelf:
    """Where one page is kept: those with parameters apart, for there is no end of them and they would push out the
    others."""

    def __init__(self, request: HttpRequest, *, is_open: bool) -> None:
        self.is_open = is_open and bool(settings.PAGE_CACHE_SECONDS)
        self.pages = caches["variants" if request.GET else "pages"]
        # Encoded: a value must not be able to spell another parameter and take its page's place.
        address = f"{request.path}?{urlencode(list(request.GET.items()), errors='replace')}"
        self.key = "page." + hashlib.sha256(address.encode("utf-8", "replace")).hexdigest()

    def take(self) -> _Kept | None:
        """What is kept. Whoever finds it stale makes it anew; all others get it meanwhile, so that they neither do
        the same work nor wait for the same lock."""
        kept: _Kept | None = self.pages.get(self.key) if self.is_open else None
        if kept and not kept.is_fresh:
            now = time.time()
            meanwhile = replace(kept, fresh_until=now + REMAKING_SECONDS)
            self.pages.set(self.key, meanwhile, max(1, kept.made_at + KEPT_SECONDS - now))
        return kept

    def put(self, page: _Page) -> _Page:
        if self.is_open:
            now = time.time()
            self.pages.set(self.key, _Kept(page, now + settings.PAGE_CACHE_SECONDS, now), KEPT_SECONDS)
        return page

    def drop(self) -> None:
        """What is no longer public comes back in no emergency."""
        self.pages.delete(self.key)


def given(text: str) -> str:
    """For a parameter that is there or not."""
    return "1" if text else ""


def one_of(options: Container[str]) -> Reading:
    return lambda text: text if text in options else ""


def row_key(text: str) -> str:
    """The key of a row, or nothing."""
    key = parsed_key(text)
    return str(key) if key else ""


def row_key_or_404(text: str) -> str:
    if text and not row_key(text):
        raise Http404("no such page")
    return row_key(text)


def _packed(response: HttpResponse) -> _Page:
    content = response.content
    return _Page(
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
