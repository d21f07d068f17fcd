"""What every template may know about the site itself."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from petitions.imprint import operator

SHOWN = (
    "SITE_URL",
    "DEVELOPMENT_MAILBOX",
    "BACKUP_DAYS",
    "PROXY_LOG_DAYS",
)


def site(request: HttpRequest) -> dict[str, object]:
    """The operator is looked up where a page names it."""
    return {name: getattr(settings, name) for name in SHOWN} | {"operator": SimpleLazyObject(operator)}
