"""What a page says about the act that led to it: once. No cookie carries it, but the address of the page after the
act does, and it is believed for a minute: a page that is opened again later says nothing of earlier acts."""

import time
from collections.abc import Container
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseRedirect

BELIEVED_SECONDS = 60


def redirect_with_notice(path: str, act: str, *, at: str = "", **more: str) -> HttpResponseRedirect:
    """To the page that tells of the act, at the place where it was done."""
    said = {"done": f"{act}.{int(time.time())}"} | more
    return HttpResponseRedirect(f"{path}?{urlencode(said)}" + (f"#{at}" if at else ""))


def notice_of(request: HttpRequest, acts: Container[str]) -> str:
    """The act that was done just now, of those that the page knows; "" where none was."""
    act, _dot, moment = request.GET.get("done", "")[:40].partition(".")
    if act not in acts or not (moment.isascii() and moment.isdigit()):
        return ""
    return act if 0 <= time.time() - int(moment) <= BELIEVED_SECONDS else ""
