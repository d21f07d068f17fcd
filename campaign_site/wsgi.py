"""Entry point for WSGI servers."""

import os
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "campaign_site.settings")

django = get_wsgi_application()
if settings.PRODUCTION:
    from campaign_site.checks import warn_at_start

    warn_at_start()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    environ["CONTENT_TYPE"] = without_charset(environ.get("CONTENT_TYPE", ""))
    return django(environ, start_response)


def without_charset(content_type: str) -> str:
    """All forms here are UTF-8. Django would take any codec's name and fail on some, before any middleware runs."""
    kind, *parameters = content_type.split(";")
    kept = [parameter for parameter in parameters if parameter.strip().lower().startswith("boundary=")]
    return ";".join([kind, *kept])
