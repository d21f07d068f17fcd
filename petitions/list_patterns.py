"""What may stand in the lists, in the one spelling in which it is compared. Nothing that catches half the world."""

from ipaddress import IPv4Network, IPv6Network, ip_network

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from email_validator import EmailNotValidError, validate_email

from .addresses import canonical_address, canonical_domain, checked_address
from .models import ListEntry

LONGEST = 254
BELOW = "*."
# Under these, in a country's domain, anybody registers: `co.uk` is as wide as `com`.
OPEN_TO_ALL = frozenset(["ac", "co", "com", "edu", "go", "gob", "gov", "gouv", "ne", "net", "nom", "or", "org"])
# A provider's largest, and not a share of the whole Internet.
WIDEST = {4: 9, 6: 20}


def checked_pattern(about: str, typed: str) -> str:
    """Raises ValidationError, in words that help."""
    if len(typed) > LONGEST:
        raise ValidationError(_("This is too long to be a domain, an address or a network."), code="long")
    text = typed.strip()
    return {
        ListEntry.About.DOMAIN: _checked_domain,
        ListEntry.About.ADDRESS: _checked_address,
        ListEntry.About.NETWORK: _checked_network,
    }[ListEntry.About(about)](text)


def _checked_address(text: str) -> str:
    if "*" in text:
        raise ValidationError(_("One whole address, please. For all of a domain choose “mail domain”."), code="star")
    return canonical_address(checked_address(text))


def _checked_domain(text: str) -> str:
    text = text.lower().removeprefix("@").removesuffix(".")
    below = BELOW if text.startswith(BELOW) else ""
    bare = text.removeprefix(BELOW)
    if "*" in bare:
        message = _("A star stands at the beginning only and before a point, as in *.spam.example.")
        raise ValidationError(message, code="star")
    if bare.isalpha():
        raise _too_wide(bare)
    try:
        validate_email(f"x@{bare}", check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        raise ValidationError(_("Write a mail domain, such as spam.example."), code="domain") from error
    domain = canonical_domain(bare)
    labels = domain.split(".")
    if len(labels) == 2 and len(labels[1]) == 2 and labels[0] in OPEN_TO_ALL:
        raise _too_wide(domain)
    return below + domain


def _too_wide(domain: str) -> ValidationError:
    message = _("This would be every address below “.%(domain)s”, nearly all of them honest. Name one domain.")
    return ValidationError(message, code="wide", params={"domain": domain})


def _checked_network(text: str) -> str:
    try:
        network = _unmapped(ip_network(text, strict=False))
    except ValueError as error:
        message = _("Write a network, such as 203.0.113.0/24 or 2001:db8::/48, or one IP address.")
        raise ValidationError(message, code="network") from error
    widest = WIDEST[network.version]
    if network.prefixlen < widest:
        message = _("This would be a large part of the whole Internet. The widest network that fits here is /%(n)s.")
        raise ValidationError(message, code="wide", params={"n": widest})
    return str(network)


def _unmapped(network: IPv4Network | IPv6Network) -> IPv4Network | IPv6Network:
    """Clients of the form ::ffff:203.0.113.9 are looked up as the IPv4 addresses that they are."""
    mapped = getattr(network.network_address, "ipv4_mapped", None)
    return ip_network(f"{mapped}/{network.prefixlen - 96}") if mapped and network.prefixlen >= 96 else network
