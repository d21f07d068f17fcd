"""Where a request comes from: the client's network, and whether another site sent it."""

import re
from collections.abc import Callable
from functools import wraps
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

Address = IPv4Address | IPv6Address
# Some proxies write the client's port too.
WITH_PORT = re.compile(r"(?P<four>[\d.]+):\d+|\[(?P<six>[^\]]+)\](:\d+)?")


def _parsed(text: str) -> Address | None:
    text = text.strip()
    if ported := WITH_PORT.fullmatch(text):
        text = ported["four"] or ported["six"]
    try:
        address = ip_address(text.split("%", 1)[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _is_trusted(address: Address) -> bool:
    return any(address in network for network in settings.TRUSTED_PROXIES)


def is_forwarded_by_stranger(request: HttpRequest) -> bool:
    """Whether the peer that passes the request on for somebody else is none of our proxies."""
    if not (request.META.get("HTTP_X_FORWARDED_FOR") or request.META.get("HTTP_FORWARDED")):
        return False
    peer = _parsed(request.META.get("REMOTE_ADDR", ""))
    return peer is None or not _is_trusted(peer)


def client_address(request: HttpRequest) -> Address | None:
    """The nearest address that is not one of our proxies.

    X-Forwarded-For is read from the right and only as far as our own proxies wrote it: what stands
    further left was written by the client.
    """
    address = _parsed(request.META.get("REMOTE_ADDR", ""))
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    while address is not None and _is_trusted(address) and hops:
        nearer = _parsed(hops.pop())
        if nearer is None:
            break
        address = nearer
    return address


def client_network(request: HttpRequest) -> str:
    """The client's /24 (IPv4) or /56 (IPv6): roughly a household or an office."""
    address = client_address(request)
    if address is None:
        return "unknown"
    return str(ip_network(f"{address}/{24 if address.version == 4 else 56}", strict=False))


def is_from_another_site(request: HttpRequest) -> bool:
    """Whether a page of another site sent this request.

    Browsers write Sec-Fetch-Site and pages cannot forge it; older ones send Origin with every POST.
    A request with neither comes from no browser page at all and carries no cookie of ours.
    """
    fetched_from = request.headers.get("Sec-Fetch-Site")
    if fetched_from is not None:
        return fetched_from not in ("same-origin", "none")
    origin = request.headers.get("Origin")
    if origin is None:
        return False
    try:
        return urlsplit(origin).netloc.lower() != request.get_host().lower()
    except ValueError:
        return True


def same_site_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Refuse what another site's page sends. Public forms carry no token, so this is their guard."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and is_from_another_site(request):
            raise PermissionDenied("cross-site")
        return view(request, *args, **kwargs)

    guarded.csrf_exempt = True  # type: ignore[attr-defined]
    return guarded
