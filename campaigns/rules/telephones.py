"""Telephone numbers as offices write them: one number, its extension, and where it answers."""

import re
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from petitions.normal_forms import normalize

NUMBERS = frozenset(["telephone", "fax"])
LONGEST = 100
# Words for an extension, as offices write them.
EXTENSION_WORDS = (
    r"내선(?:번호)?|内線|內線|分机|分機|转|轉|ต่อ|máy lẻ|تحويلة|داخلي|שלוחה|доб(?:авочный)?|внутр|εσωτ|"
    r"interno|int|durchwahl|dw|nebenstelle|nst|apparat|app|klappe|kl|poste|p|ramal|anexo|linha|toestel|tst|"
    r"anknytning|lokalnummer|klapka|linka|wewn?|mellék|dahili|extensi[oó]n|ext|x"
)
ENDS_IN_EXTENSION = re.compile(
    rf"[\s,;(]*(?:(?<![^\W\d_])(?:{EXTENSION_WORDS})|\#)[\s.:]*(?P<extension>\d{{1,6}})(?!\d)"
    r"(?P<more>\s*[~〜,;/–-]\s*\d[^)]*)?\)?$",
    re.IGNORECASE,
)
# `~`, commas and line ends part numbers; a slash may also part an area code from the rest, a hyphen anything.
BETWEEN_NUMBERS = re.compile(r"\d\s*[~〜,;|\n\r]\s*\+?\d")
WORDS = re.compile(r"[^\W\d_]{2,}")
LAST_BLOCKS = re.compile(r"(?P<before>.*?(?P<first>\d+))\s*[-–]\s*(?P<last>\d+)$")
# Here a hyphen and some digits at the end are the way to an office inside the house, `-0` to the one who puts through.
DIAL_THROUGH = frozenset(["AT", "DE"])
# These answer inside their own country, if at all: shared, free and paid numbers, and those of the kind 1588-1234.
HOME_ONLY = frozenset(
    [
        phonenumbers.PhoneNumberType.TOLL_FREE,
        phonenumbers.PhoneNumberType.SHARED_COST,
        phonenumbers.PhoneNumberType.PREMIUM_RATE,
        phonenumbers.PhoneNumberType.PERSONAL_NUMBER,
        phonenumbers.PhoneNumberType.UAN,
    ]
)
SEVERAL = _("These are several numbers: write each as a contact of its own.")
SEVERAL_EXTENSIONS = _("These are several extensions: write each number with its extension as a contact of its own.")
EMERGENCY = _("This number is for emergencies.")
WITH_WORDS = _("Write the number without other words: +39 02 8845 0136, or +39 02 8845 0136 ext. 12.")
INCOMPLETE = _("Write the whole number, with its country code: +39 02 8845 0136.")


@dataclass(frozen=True)
class Telephone:
    """A number that can be dialled, or why it cannot."""

    number: phonenumbers.PhoneNumber | None = None
    # Of three to six digits, such as 115: it has no form for other countries.
    short: str = ""
    problem: str | Promise = ""

    @property
    def answers_abroad(self) -> bool:
        """Whether one may expect to be connected from another country."""
        return self.number is not None and phonenumbers.number_type(self.number) not in HOME_ONLY


@lru_cache(maxsize=1024)
def telephone(value: str, country: str) -> Telephone:
    """`country` is where a number without a country code is dialled."""
    if len(value) > LONGEST:
        return Telephone(problem=INCOMPLETE)
    # Full-width digits and signs are what Korean and Japanese keyboards write.
    written = normalize("NFKC", value.strip())
    main, extension = written, ""
    if (found := ENDS_IN_EXTENSION.search(written)) and any(map(str.isdecimal, written[: found.start()])):
        main, extension = written[: found.start()], found["extension"]
        if found["more"]:
            return Telephone(problem=SEVERAL_EXTENSIONS)
    if _are_several(main, country):
        return Telephone(problem=SEVERAL)
    if short := _short(main, country):
        return (
            Telephone(problem=EMERGENCY) if phonenumbers.is_emergency_number(short, country) else Telephone(None, short)
        )
    number = _parsed(f"{main} ext. {extension}" if extension else main, country)
    if number:
        return Telephone(number)
    return Telephone(problem=WITH_WORDS if WORDS.search(main) else INCOMPLETE)


def parsed_number(value: str, country: str) -> phonenumbers.PhoneNumber | None:
    """The number in full, if it can be one at all."""
    return telephone(value, country).number


def validate_number(value: str, country: str) -> None:
    """Raises ValidationError with the reason."""
    if problem := telephone(value, country).problem:
        raise ValidationError(str(problem), code="number")


def telephone_link(value: str, country: str) -> str:
    """`tel:` with the number in E.164 and its extension (RFC 3966), so that it can be dialled from any country.

    Empty for what is no number: half of two would reach somebody else.
    """
    known = telephone(value, country)
    if known.number is None:
        return f"tel:{known.short}" if known.short else ""
    extension = f";ext={known.number.extension}" if known.number.extension else ""
    return "tel:" + phonenumbers.format_number(known.number, phonenumbers.PhoneNumberFormat.E164) + extension


def international_number(value: str, country: str) -> str:
    """The number as people read it from abroad: +39 02 8845 0136."""
    number = parsed_number(value, country)
    if number is None:
        return value
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _parsed(value: str, country: str) -> phonenumbers.PhoneNumber | None:
    try:
        number = phonenumbers.parse(value, country)
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_valid_number(number) else None


def _short(value: str, country: str) -> str:
    digits = re.sub(r"[\s.-]", "", value)
    if not (digits.isdecimal() and 3 <= len(digits) <= 6 and country):
        return ""
    number = phonenumbers.parse(digits, country)
    # In Italy 020202 is a number like any other.
    is_short = phonenumbers.is_valid_short_number_for_region(number, country) and not _parsed(digits, country)
    return digits if is_short else ""


def _are_several(value: str, country: str) -> bool:
    if BETWEEN_NUMBERS.search(value):
        return True
    if len([part for part in re.split(r"[^\W\d_]+", value) if sum(map(str.isdecimal, part)) >= 6]) > 1:
        return True
    slashes = (place for place, sign in enumerate(value) if sign == "/" and re.match(r"\s*\+?\d", value[place + 1 :]))
    return any(_parsed(value[:place], country) for place in slashes) or _is_range(value, country)


def _is_range(value: str, country: str) -> bool:
    """`051-888-1001-3` and `8845 0136 - 0137`: the last digits count on from those before the hyphen."""
    blocks = LAST_BLOCKS.match(value)
    if blocks is None or country in DIAL_THROUGH:
        return False
    first, last = blocks["first"], blocks["last"]
    if len(last) == len(first) > 2:
        counts_on = first[:-2] == last[:-2] and last > first
    else:
        counts_on = len(last) <= 2 < len(first) and int(last) > int(first[-len(last) :])
    return counts_on and _parsed(blocks["before"], country) is not None
