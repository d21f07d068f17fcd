"""All addresses of the site."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from campaigns.pages.home import root

from . import mailbox
from .health import healthz, readyz
from .mail_events import mail_event_addresses
from .media import media
from .password_reset import password_reset_addresses
from .robots import robots

urlpatterns = [
    path("", root),
    path("healthz", healthz),
    path("readyz", readyz),
    path("robots.txt", robots),
    path("media/<path:name>", media),
    path("api/v1/", include("petitions.api")),
    path("admin/", include(password_reset_addresses())),
    path("admin/", admin.site.urls),
    *mail_event_addresses(),
    *i18n_patterns(
        path("", include("campaigns.urls")),
        path("", include("petitions.urls")),
    ),
]
if settings.DEVELOPMENT_MAILBOX:
    urlpatterns.insert(0, path("dev/mail/", include(mailbox)))

handler400 = "campaign_site.errors.bad_request"
handler403 = "campaign_site.errors.forbidden"
handler404 = "campaign_site.errors.not_found"
handler500 = "campaign_site.errors.server_error"
