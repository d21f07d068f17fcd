"""The answer to too much at once."""

from django.forms import BaseForm
from django.http import HttpRequest
from django.utils.translation import ngettext

from ..addresses import canonical_address
from ..network import client_network
from ..throttling import MAILS_TO_ADDRESS, Limit, ThrottledError, count


def may_mail(request: HttpRequest, network_limit: Limit, email: str) -> bool:
    """Count an act that mails somebody; False once that address has had its day's mails.

    Raises ThrottledError past the network's limit: that one tells nothing of anybody else.
    """
    waits = count((network_limit, client_network(request)), (MAILS_TO_ADDRESS, canonical_address(email)))
    if network_limit in waits:
        raise ThrottledError(waits[network_limit])
    return MAILS_TO_ADDRESS not in waits


def add_throttled_error(form: BaseForm, error: ThrottledError) -> None:
    """Say when to try again, above a form that keeps what was typed."""
    minutes = -(-error.retry_after // 60)
    message = ngettext(
        "Too many at once from your network. Please send it again in %(minutes)d minute.",
        "Too many at once from your network. Please send it again in %(minutes)d minutes.",
        minutes,
    ) % {"minutes": minutes}
    form.add_error(None, message)
