"""The browser somebody logged in from before: strangers behind the same address cannot use up its tries."""

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

COOKIE = "known_browser"
SALT = "staff.known-browser"
DAYS = 180
LONGEST_COOKIE = 1000


def remember(response: HttpResponse, name: str) -> None:
    """One login name a browser. The cookie opens nothing: it only has tries of its own."""
    response.set_cookie(
        COOKIE,
        signing.dumps({"name": plain_name(name), "browser": secrets.token_hex(8)}, salt=SALT),
        max_age=DAYS * 24 * 3600,
        path="/admin/login/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def known_browser(request: HttpRequest, name: str) -> str | None:
    """Which browser it is, where this very name logged in from it before."""
    cookie = request.COOKIES.get(COOKIE, "")
    if not cookie or len(cookie) > LONGEST_COOKIE:
        return None
    try:
        remembered = signing.loads(cookie, salt=SALT, max_age=DAYS * 24 * 3600)
    except signing.BadSignature:
        return None
    return remembered["browser"] if remembered["name"] == plain_name(name) else None


def plain_name(name: str) -> str:
    """As limits count it: capitals and spaces around make no other person of it."""
    return name.strip().casefold()
