"""Contacts by kind: what each must look like, and the link that reaches it."""

import re
from collections.abc import Sequence
from urllib.parse import quote

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext_lazy as _

NUMBERS = frozenset(["telephone", "fax"])
# A header must not be able to read an address as encoded words, or as several addresses.
PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/_`{|}~-]+@[^\s@,;<>()=?]+")
PAGES = frozenset(["web", "facebook", "x", "instagram", "social"])


# Words for an extension that phonenumbers does not know, as offices write them.
EXTENSION = re.compile(
    r"[\s,(]*(?:내선(?:번호)?|内線|內線|分机|分機|转|轉|interno|int\.|durchwahl|dw\.?|poste|ramal|anexo|klapka|linha|ext\.?)"
    r"[\s.:]*(?P<extension>\d{1,6})\)?$",
    re.IGNORECASE,
)
# `051-888-1001~3` and `02 1234 5678 / 02 1234 5679`: several lines in one.
EIGHT_DIGITS = r"(?:\d[\s.()-]*){8}"
SEVERAL_NUMBERS = re.compile(rf"\d\s*[~～〜]\s*\d|{EIGHT_DIGITS}[/;|]\s*\+?{EIGHT_DIGITS}|\n")
# These answer inside their own country, if at all: shared and free numbers, and those of the kind 1588-1234.
HOME_ONLY = frozenset(
    [
        phonenumbers.PhoneNumberType.TOLL_FREE,
        phonenumbers.PhoneNumberType.SHARED_COST,
        phonenumbers.PhoneNumberType.PREMIUM_RATE,
        phonenumbers.PhoneNumberType.UAN,
    ]
)


def parsed_number(value: str, country: str) -> phonenumbers.PhoneNumber | None:
    """The number, if it can be one at all. `country` is where one without a country code is dialled."""
    if SEVERAL_NUMBERS.search(value.strip()):
        return None
    try:
        number = phonenumbers.parse(EXTENSION.sub(r" ext. \g<extension>", value.strip()), country)
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_valid_number(number) else None


def validate_contact(kind: str, value: str, country: str) -> None:
    """Refuse what nobody could write to, call or open. Raises ValidationError for the field `value`."""
    try:
        if kind == "email":
            validate_email(value)
            if not PLAIN_ADDRESS.fullmatch(value):
                raise ValidationError(_("Write the plain address, such as mayor@city.example."))
        elif kind in PAGES:
            URLValidator(schemes=["http", "https"])(value)
    except ValidationError as error:
        raise ValidationError({"value": error.messages}) from error
    if kind in NUMBERS and SEVERAL_NUMBERS.search(value.strip()):
        raise ValidationError({"value": _("These are several numbers: write each as a contact of its own.")})
    if kind in NUMBERS and parsed_number(value, country) is None:
        raise ValidationError({"value": _("Write the whole number, with its country code: +39 02 8845 0136.")})


def telephone_link(value: str, country: str) -> str:
    """`tel:` with the number in E.164 and its extension (RFC 3966), so that it can be dialled from any country."""
    number = parsed_number(value, country)
    if number is None:
        return "tel:" + re.sub(r"[^\d+]", "", value)
    extension = f";ext={number.extension}" if number.extension else ""
    return "tel:" + phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) + extension


def answers_abroad(number: phonenumbers.PhoneNumber) -> bool:
    """Whether one may expect to be connected from another country."""
    return phonenumbers.number_type(number) not in HOME_ONLY


def international_number(value: str, country: str) -> str:
    """The number as people read it from abroad: +39 02 8845 0136."""
    number = parsed_number(value, country)
    if number is None:
        return value
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def mailto(to: Sequence[str], cc: Sequence[str] = (), subject: str = "", body: str = "") -> str:
    """A mail link (RFC 6068), whatever its length."""
    fields = {"cc": ",".join(quote(address, safe="@") for address in cc)}
    fields |= {"subject": quote(subject, safe=""), "body": quote(with_crlf(body), safe="")}
    query = "&".join(f"{name}={value}" for name, value in fields.items() if value)
    return "mailto:" + ",".join(quote(address, safe="@") for address in to) + (f"?{query}" if query else "")


def with_crlf(text: str) -> str:
    """Line ends as mail has them."""
    return text.replace("\r\n", "\n").replace("\n", "\r\n")
