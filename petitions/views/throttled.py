"""The answer to too much at once."""

from django.forms import BaseForm
from django.utils.translation import ngettext

from ..throttling import ThrottledError


def add_throttled_error(form: BaseForm, error: ThrottledError) -> None:
    """Say when to try again, above a form that keeps what was typed."""
    minutes = -(-error.retry_after // 60)
    message = ngettext(
        "Too many at once from your network. Please send it again in %(minutes)d minute.",
        "Too many at once from your network. Please send it again in %(minutes)d minutes.",
        minutes,
    ) % {"minutes": minutes}
    form.add_error(None, message)
