"""Links that open another site's or app's own page for writing a post. Nothing of theirs is loaded here."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext

from .letters import mailto


@dataclass(frozen=True)
class ShareLink:
    name: str
    url: str


def post_links(text: str) -> list[ShareLink]:
    """Where a prepared post can be written."""
    return [
        ShareLink("X", "https://x.com/intent/post?" + urlencode({"text": text})),
        ShareLink("Bluesky", "https://bsky.app/intent/compose?" + urlencode({"text": text})),
    ]


def share_links(title: str, url: str) -> list[ShareLink]:
    """Ways to pass the page on."""
    line = f"{title} {url}"
    return [
        ShareLink(gettext("E-mail"), mailto([], subject=title, body=url)),
        ShareLink("WhatsApp", "https://wa.me/?" + urlencode({"text": line})),
        ShareLink("Telegram", "https://t.me/share/url?" + urlencode({"url": url, "text": title})),
        ShareLink("LINE", "https://line.me/R/share?" + urlencode({"text": line})),
        ShareLink("Facebook", "https://www.facebook.com/sharer/sharer.php?" + urlencode({"u": url})),
        ShareLink("X", "https://x.com/intent/post?" + urlencode({"text": title, "url": url})),
    ]
