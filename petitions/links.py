"""Signed links: what lets people reach their own signature, comment or following without an account."""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import models
from django.urls import reverse
from django.utils.translation import override

from .models import Petition


class BadTokenError(Exception):
    """The link was cut off, mistyped or made up."""


def token_for(thing: models.Model) -> str:
    """A token that opens this one row. It never expires: links in e-mails must work for years."""
    return Signer(salt=f"petitions.{thing._meta.model_name}").sign(str(thing.pk)).replace(":", ".", 1)


def key_from_token(model: type[models.Model], token: str) -> int:
    """The primary key inside a token. Raises BadTokenError."""
    try:
        return int(Signer(salt=f"petitions.{model._meta.model_name}").unsign(token.replace(".", ":", 1)))
    except (BadSignature, ValueError) as error:
        raise BadTokenError from error


def absolute(path: str) -> str:
    """An address for e-mails. Built on SITE_URL: the Host header is the visitor's to forge."""
    return settings.SITE_URL.rstrip("/") + path


def link_to(view: str, *args: object, language: str) -> str:
    """An absolute address in the interface language nearest to `language`."""
    with override(interface_language(language)):
        return absolute(reverse(view, args=args))


def interface_language(language: str) -> str:
    """The interface language nearest to a content language, English where there is none."""
    available = {code.lower(): code for code, _name in settings.LANGUAGES}
    parts = language.lower().split("-")
    for length in range(len(parts), 0, -1):
        if code := available.get("-".join(parts[:length])):
            return code
    return settings.LANGUAGE_CODE


def petition_page(petition: Petition, language: str) -> str:
    """The path of the page on which a petition is read and signed."""
    language = interface_language(language)
    if petition.page_path:
        return f"/{language}/{petition.page_path}"
    with override(language):
        return reverse("petitions:petition", args=[petition.slug])
