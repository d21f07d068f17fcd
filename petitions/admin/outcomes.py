"""What an act over many rows has done, in one message: how many, how many were not, why, and a few of them by name."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

NAMED_AT_MOST = 5


def tell(request: HttpRequest, done: str, left: int = 0, reasons: str = "", named: Sequence[str] = ()) -> None:
    """`done` and `reasons` are whole sentences; `named` says something of rows that were left, the first ones at least.

    Whatever was left makes it a warning.
    """
    parts = [done] if done else []
    if left == 1 and named:
        parts += named[:1]
        named = ()
    elif left:
        words = ngettext("%(count)s was left as it is.", "%(count)s were left as they are.", left)
        parts += [words % {"count": left}]
        parts += [reasons] if reasons else []
    level = messages.WARNING if left else messages.SUCCESS
    messages.add_message(request, level, _with_names(format_html_join(" ", "{}", ((part,) for part in parts)), named))


def _with_names(sentences: SafeString, named: Sequence[str]) -> SafeString:
    if not named:
        return sentences
    rows = format_html_join("", "<li>{}</li>", ((each,) for each in named[:NAMED_AT_MOST]))
    return format_html("{}<ul>{}</ul>", sentences, rows)
