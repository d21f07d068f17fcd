"""What every template may know about the site itself."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    return {"SITE_URL": settings.SITE_URL, "DEVELOPMENT_MAILBOX": settings.DEVELOPMENT_MAILBOX}
