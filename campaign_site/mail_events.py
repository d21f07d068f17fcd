"""The address at which the mail provider reports what came back, where one is set up and signs its reports."""

from typing import Any

from anymail.urls import urlpatterns as provider_addresses
from django.conf import settings
from django.urls import URLPattern, path

from petitions.mail.bounces import TrackingReceiver


class TrackingMixin:
    """Anymail's view checks the signature and reads the report; ours takes it up."""

    # Some views choose between two receivers themselves; there is one here.
    signal = property(lambda self: TrackingReceiver(), lambda self, _chosen: None)


def mail_event_addresses() -> list[URLPattern]:
    """None without a secret: whoever could post reports could silence addresses."""
    is_signed = any("WEBHOOK" in name or "SIGNING" in name for name in settings.ANYMAIL)
    found = [each for each in provider_addresses if each.name == f"{settings.MAIL_PROVIDER}_tracking_webhook"]
    if not is_signed or not found:
        return []
    reports: Any = type("MailEvents", (TrackingMixin, found[0].callback.view_class), {})
    return [path("mail-events/", reports.as_view(), name="mail-events")]
