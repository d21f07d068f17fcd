"""The same page in the other languages of the interface."""

from django import template
from django.conf import settings
from django.template import RequestContext
from django.urls import Resolver404, resolve, reverse, translate_url

from petitions.languages import direction, language_name
from petitions.links import absolute

register = template.Library()


@register.simple_tag(takes_context=True)
def language_links(context: RequestContext) -> list[dict[str, object]]:
    """Address, tag, own name and direction for each language; a page that a form answered links to where it is read."""
    path = _readable_path(context)
    current = context.get("LANGUAGE_CODE")
    links = []
    for code, _name in settings.LANGUAGES:
        url = translate_url(path, code)
        links.append(
            {
                "code": code,
                "url": url,
                "absolute_url": absolute(url),
                "name": language_name(code),
                "direction": direction(code),
                "is_current": code == current,
            }
        )
    return links


def _readable_path(context: RequestContext) -> str:
    """Where nothing is found in this language, the home page is offered in the others."""
    request = context.get("request")
    path = context.get("language_path") or (request.path if request else "/")
    try:
        resolve(path)
    except Resolver404:
        return reverse("campaigns:home")
    return path if path != "/" else reverse("campaigns:home")
