"""The address at which the mail provider reports what came back, where one is set up and signs its reports."""

import warnings
from typing import Any

from anymail.exceptions import AnymailConfigurationError, AnymailInsecureWebhookWarning
from anymail.urls import urlpatterns as provider_addresses
from anymail.webhooks.base import AnymailBaseWebhookView
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.urls import URLPattern, path

from petitions.mail.bounces import TrackingReceiver

# A wrong signature, and what Anymail's readers raise at a body of another shape: some read before they check who
# signed.
UNREADABLE = (
    SuspiciousOperation,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    AssertionError,
    AnymailConfigurationError,
)


class TrackingMixin(AnymailBaseWebhookView):
    """Anymail's view checks the signature and reads the report; ours takes it up."""

    # Some views choose between two receivers themselves; there is one here.
    signal = property(lambda self: TrackingReceiver(), lambda self, _chosen: None)

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            self.run_validators(request)
            events = self.parse_events(request)
        except UNREADABLE:
            # Not raised: each would leave a trace in the log, and anybody may post here.
            return HttpResponseBadRequest("This is no report of the mail provider.\n", content_type="text/plain")
        for event in events:
            self.signal.send(event=event)
        return HttpResponse()


def mail_event_addresses() -> list[URLPattern]:
    """None without a secret: whoever could post reports could silence addresses."""
    found = [each for each in provider_addresses if each.name == f"{settings.MAIL_PROVIDER}_tracking_webhook"]
    if not found or not _is_guarded(found[0].callback.view_class):
        return []
    reports: Any = type("MailEvents", (TrackingMixin, found[0].callback.view_class), {})
    return [path("mail-events/", reports.as_view(), name="mail-events")]


def _is_guarded(view_class: type[AnymailBaseWebhookView]) -> bool:
    """By the password in the address, or by a signature that this provider makes and whose key is there."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", AnymailInsecureWebhookWarning)
            view = view_class()
    except AnymailConfigurationError:
        return False
    # Anymail's own mark of a view that checks signatures.
    return bool(view.basic_auth) or not view.warn_if_no_basic_auth
