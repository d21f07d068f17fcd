"""What an act over many rows has done, in one message: how many, how many were not, why, and a few of them by name."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import ngettext

NAMED_AT_MOST = 5


def tell(request: HttpRequest, done: str, left: Sequence[str] = (), named: Sequence[str] = ()) -> None:
    """Whole sentences; those of what was left make it a warning. `named` says which rows, the first ones at least."""
    words = format_html_join(" ", "{}", ((each,) for each in [done, *left] if each))
    if named:
        rows = format_html_join("", "<li>{}</li>", ((each,) for each in named[:NAMED_AT_MOST]))
        words = format_html("{}<ul>{}</ul>", words, rows)
    messages.add_message(request, messages.WARNING if left else messages.SUCCESS, words)


def left_alone(count: int, reason: str) -> list[str]:
    """Nothing is said where none was."""
    if not count:
        return []
    words = ngettext("%(count)s was left as it is.", "%(count)s were left as they are.", count)
    return [words % {"count": number_format(count)}, reason]
