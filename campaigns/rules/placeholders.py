"""The closed list of placeholders that shared texts may carry, such as {asked_city}."""

import re
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

PLACEHOLDER = re.compile(r"\{([A-Za-z_][\w ]*)\}")

MEANINGS = {
    "asked_city": _("the city that is asked to speak up"),
    "other_city": _("its sister city, where it happens"),
    "asked_country": _("the country of the asked city"),
    "other_country": _("the country of the sister city"),
    "year": _("the year of twinning"),
    "decider": _("the name of the target who decides"),
    "decider_office": _("the office of the target who decides"),
    "salutation": _("how the target who decides is addressed, such as Dear Mayor"),
    "campaign_url": _("the address of the campaign page"),
    "personal_paragraph": _("what the person who writes adds in their own words"),
    "sender_name": _("the name of the person who writes"),
    "sender_address": _("the address of the person who writes"),
}


def validate_placeholders(text: str) -> None:
    """Refuse a placeholder that nothing would fill. Raises ValidationError naming it."""
    unknown = sorted({name for name in PLACEHOLDER.findall(text) if name not in MEANINGS})
    if unknown:
        raise ValidationError(
            _("Unknown placeholder %(unknown)s. Known are: %(known)s."),
            code="unknown_placeholder",
            params={
                "unknown": ", ".join(f"{{{name}}}" for name in unknown),
                "known": ", ".join(f"{{{name}}}" for name in MEANINGS),
            },
        )


def fill(text: str, values: Mapping[str, str], *, keep_empty: bool = True) -> str:
    """Put the values in. A placeholder that nothing fills stays as it is, so that a mistake is seen; one whose
    value is empty stays too, or vanishes."""
    if keep_empty:
        return PLACEHOLDER.sub(lambda match: values.get(match[1]) or match[0], text)
    return PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]), text)
