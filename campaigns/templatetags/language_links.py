"""The same page in the other languages of the interface."""

from django import template
from django.conf import settings
from django.template import RequestContext
from django.urls import Resolver404, resolve, reverse, translate_url
from django.utils.translation import gettext, override, pgettext

from petitions.languages import direction, language_name
from petitions.links import absolute

from ..reading.page import CampaignPage

register = template.Library()


@register.simple_tag(takes_context=True)
def language_links(context: RequestContext) -> list[dict[str, object]]:
    """Address, tag, own name and direction for each language; a page that a form answered links to where it is read,
    and `post_url` is where the form is sent to, to be shown with what was typed."""
    path = _readable_path(context)
    current = context.get("LANGUAGE_CODE")
    request = context.get("request")
    typed_path = context.get("typed_path") or (request.path if request else path)
    links = []
    for code, _name in settings.LANGUAGES:
        url = translate_url(path, code)
        links.append(
            {
                "code": code,
                "url": url,
                "post_url": translate_url(typed_path, code),
                **(_offer(code) if _speaks(context, code) else {}),
                "absolute_url": absolute(url),
                "name": language_name(code),
                "direction": direction(code),
                "is_current": code == current,
            }
        )
    return links


def _offer(code: str) -> dict[str, str]:
    """What a reader of this language is told, in it; nothing where the interface does not speak it yet."""
    with override(code):
        offer = pgettext("say: in YOUR language", "This page is also in English")
        is_translated = code.split("-")[0] == "en" or offer != "This page is also in English"
        return {"offer": offer, "close": gettext("Close")} if is_translated else {}


def _speaks(context: RequestContext, code: str) -> bool:
    """Whether more than the page's frame is in this language: a campaign's story may not be translated yet."""
    page = context.get("page")
    return not isinstance(page, CampaignPage) or any(
        text.language.split("-")[0] == code.split("-")[0] for text in page.campaign.loaded_texts
    )


def _readable_path(context: RequestContext) -> str:
    """Where nothing is found in this language, the home page is offered in the others."""
    request = context.get("request")
    path = context.get("language_path") or (request.path if request else "/")
    try:
        resolve(path)
    except Resolver404:
        return reverse("campaigns:home")
    return path if path != "/" else reverse("campaigns:home")
