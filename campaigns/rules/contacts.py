"""Contacts by kind: what each must look like, and the link that reaches it."""

import re
from collections.abc import Sequence
from urllib.parse import quote

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext_lazy as _

from .telephones import NUMBERS, validate_number

# A header must not be able to read an address as encoded words, or as several addresses.
PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/_`{|}~-]+@[^\s@,;<>()=?]+")
PAGES = frozenset(["web", "facebook", "x", "instagram", "social"])


def validate_contact(kind: str, value: str, country: str) -> None:
    """Refuse what nobody could write to, call or open. Raises ValidationError for the field `value`."""
    try:
        if kind == "email":
            validate_email(value)
            if not PLAIN_ADDRESS.fullmatch(value):
                raise ValidationError(_("Write the plain address, such as mayor@city.example."))
        elif kind in PAGES:
            URLValidator(schemes=["http", "https"])(value)
        elif kind in NUMBERS:
            validate_number(value, country)
    except ValidationError as error:
        raise ValidationError({"value": error.messages}) from error


def mailto(to: Sequence[str], cc: Sequence[str] = (), subject: str = "", body: str = "") -> str:
    """A mail link (RFC 6068), whatever its length."""
    fields = {"cc": ",".join(quote(address, safe="@") for address in cc)}
    fields |= {"subject": quote(subject, safe=""), "body": quote(with_crlf(body), safe="")}
    query = "&".join(f"{name}={value}" for name, value in fields.items() if value)
    return "mailto:" + ",".join(quote(address, safe="@") for address in to) + (f"?{query}" if query else "")


def with_crlf(text: str) -> str:
    """Line ends as mail has them."""
    return text.replace("\r\n", "\n").replace("\n", "\r\n")
