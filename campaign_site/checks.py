"""What `manage.py check --deploy` and the start in production warn of."""

import logging
from typing import Any

from django.core.checks import CheckMessage, Warning
from django.db import DatabaseError, InterfaceError

from petitions.imprint import read_operator

logger = logging.getLogger(__name__)


def operator_is_named(**_options: Any) -> list[CheckMessage]:
    """A site without a name, an address and a person behind it breaks the law of many countries, and is not trusted."""
    try:
        if read_operator().is_named:
            return []
    except (DatabaseError, InterfaceError):
        return []  # monitors are told of that by /readyz
    return [
        Warning(
            "Nobody stands behind this site: its operator is not named, or not in full.",
            hint="Fill in “Who runs this site” in the admin: name, postal address, e-mail and responsible person.",
            id="campaign_site.W001",
        )
    ]


def warn_at_start() -> None:
    for message in operator_is_named():
        logger.warning("%s %s", message.msg, message.hint)
