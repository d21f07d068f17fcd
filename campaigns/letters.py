"""Suggested letters: filled in for a reader, and the mail link that carries them."""

from collections.abc import Sequence
from urllib.parse import quote

# What the whole percent-encoded link may measure: mail clients on Windows take about 2,000 characters
# and cut the rest off without a word. Letters past that are copied by hand.
MAILTO_LIMIT = 2000


def mailto(to: Sequence[str], cc: Sequence[str] = (), subject: str = "", body: str = "") -> str:
    """A mail link. The body is left out where the link would grow past what mail clients take."""
    fields = {"cc": ",".join(quote(address, safe="@") for address in cc), "subject": quote(subject, safe="")}
    link = _joined(to, fields | {"body": quote(body.replace("\r\n", "\n").replace("\n", "\r\n"), safe="")})
    return link if len(link) <= MAILTO_LIMIT else _joined(to, fields)


def _joined(to: Sequence[str], fields: dict[str, str]) -> str:
    query = "&".join(f"{name}={value}" for name, value in fields.items() if value)
    return "mailto:" + ",".join(quote(address, safe="@") for address in to) + (f"?{query}" if query else "")
