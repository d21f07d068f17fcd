"""What every template may know about the site itself."""

from django.conf import settings
from django.http import HttpRequest

SHOWN = (
    "SITE_URL",
    "DEVELOPMENT_MAILBOX",
    "OPERATOR_NAME",
    "OPERATOR_CONTACT",
    "BACKUP_DAYS",
    "PROXY_LOG_DAYS",
)


def site(request: HttpRequest) -> dict[str, object]:
    return {name: getattr(settings, name) for name in SHOWN}
