"""Asking one friend in the asked city: a message in that city's language, and the ways to send it."""

from dataclasses import dataclass
from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import gettext, override, pgettext

from petitions.links import absolute, interface_language

from ..reading.page import CampaignPage
from ..reading.words import Words
from ..rules.contacts import mailto
from ..rules.networks import NETWORKS
from .links import ShareLink

# What most people in a country write to their friends with; elsewhere it is WhatsApp.
FIRST_IN = {"JP": "line", "TW": "line", "TH": "line", "KR": "sms", "CN": "sms", "US": "sms"}


@dataclass(frozen=True)
class Message:
    """`meaning` is what it says, for a reader of another language."""

    words: Words
    url: str
    subject: str
    meaning: str


def message(page: CampaignPage) -> Message:
    """In the asked city's language where the interface speaks it, else in the reader's."""
    native = page.campaign.asked_city.native_language
    spoken = interface_language(native)
    language = spoken if spoken.split("-")[0] == native.split("-")[0] else page.language
    title = _title(page, language)
    words = Words(_said(page, title, language), language, page.language)
    meaning = _said(page, _title(page, page.language), page.language) if words.is_foreign else ""
    return Message(words, _url(page, language), title, meaning)


def _title(page: CampaignPage, language: str) -> str:
    text = page.campaign.petition.text(language)
    return text.title if text else str(page.headline)


def _url(page: CampaignPage, language: str) -> str:
    return absolute(page.path_in(language))


def _said(page: CampaignPage, title: str, language: str) -> str:
    with override(interface_language(language)):
        said = pgettext(
            "message to a friend",
            "Hi! I have just signed “%(title)s”. A name from %(city)s weighs most there, and it takes a minute. "
            "Will you sign too? %(url)s",
        )
    values = {"title": title, "city": page.campaign.asked_city.name_in(language), "url": _url(page, language)}
    return said % values


def ways_to_ask(page: CampaignPage, asking: Message) -> list[ShareLink]:
    """The likeliest first."""
    text = asking.words.text
    go = {key: reverse("campaigns:go", args=[page.campaign.slug, key]) + "?ask=1" for key in _messengers(page)}
    ways = {key: ShareLink(NETWORKS[key].name, url) for key, url in go.items()}
    ways["e-mail"] = ShareLink(gettext("E-mail"), mailto([], subject=asking.subject, body=text), deed="e-mail")
    # `?&` is read by Android and iOS alike.
    ways["sms"] = ShareLink(gettext("SMS"), f"sms:?&body={quote(text, safe='')}", deed="sms")
    first = _first(page)
    return [ways.pop(first), *ways.values()]


def _first(page: CampaignPage) -> str:
    return FIRST_IN.get(str(page.campaign.asked_city.country), "whatsapp")


def _messengers(page: CampaignPage) -> list[str]:
    return list(dict.fromkeys(key for key in (_first(page), "whatsapp", "telegram") if key in NETWORKS))
