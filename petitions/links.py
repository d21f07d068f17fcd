"""Signed links: what lets people reach their own signature, comment or following without an account."""

from typing import TypeVar

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import models
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import override

from .models import Comment, Petition

ModelT = TypeVar("ModelT", bound=models.Model)


class BadTokenError(Exception):
    """The link was cut off, mistyped or made up."""


def token_for(thing: models.Model) -> str:
    """A token that opens this one row. It never expires: links in e-mails must work for years.

    It dies with the address it was mailed to: a pending row that another spelling of the address takes
    over must not stay open to the first. A new SECRET_KEY leaves it alive as long as the key that made it
    stands in SECRET_KEY_FALLBACKS.
    """
    value = f"{thing.pk}-{_nonce(thing, settings.SECRET_KEY)}"
    return Signer(salt=f"petitions.{thing._meta.model_name}").sign(value).replace(":", ".", 1)


def open_token(rows: models.QuerySet[ModelT], token: str) -> ModelT | None:
    """The row that the token names; None where it is gone. Raises BadTokenError for a token we never made."""
    try:
        value = Signer(salt=f"petitions.{rows.model._meta.model_name}").unsign(token.replace(".", ":", 1))
    except BadSignature as error:
        raise BadTokenError from error
    key, _dash, nonce = value.partition("-")
    row = rows.filter(pk=int(key)).first()
    return row if row is not None and _is_nonce_of(row, nonce) else None


def _is_nonce_of(thing: models.Model, nonce: str) -> bool:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return any(constant_time_compare(_nonce(thing, key), nonce) for key in keys)


def _nonce(thing: models.Model, key: str) -> str:
    # A comment keeps its link when its address is forgotten: its author may still delete it.
    mailed_to = "" if isinstance(thing, Comment) else getattr(thing, "email", "")
    return salted_hmac("petitions.link", mailed_to, secret=key).hexdigest()[:12]


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
