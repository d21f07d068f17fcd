"""The answer to too much at once."""

from collections.abc import Callable

from django.forms import BaseForm
from django.http import HttpResponse
from django.utils.translation import ngettext

from ..throttling import ThrottledError


def too_many(form: BaseForm, error: ThrottledError, show: Callable[..., HttpResponse]) -> HttpResponse:
    """The form again, with what was typed and when to try again. `show` renders it with a `status`."""
    minutes = -(-error.retry_after // 60)
    message = ngettext(
        "Too many at once from your network. Please send it again in %(minutes)d minute.",
        "Too many at once from your network. Please send it again in %(minutes)d minutes.",
        minutes,
    ) % {"minutes": minutes}
    form.add_error(None, message)
    response = show(status=429)
    response.headers["Retry-After"] = str(error.retry_after)
    return response
