"""Canonical e-mail addresses: one for each mailbox, however it was typed."""

import hashlib
import unicodedata
from contextlib import suppress

import idna
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from email_validator import EmailNotValidError, validate_email

from .models import DomainRule

RULES_CACHE_KEY = "petitions.domain-rules"
RULES_CACHE_SECONDS = 60
EVERY_OTHER_DOMAIN = "*"


def _rules() -> dict[str, DomainRule]:
    rules = cache.get(RULES_CACHE_KEY)
    if rules is None:
        rules = {rule.domain: rule for rule in DomainRule.objects.all()}
        cache.set(RULES_CACHE_KEY, rules, RULES_CACHE_SECONDS)
    return rules


def checked_address(address: str) -> str:
    """The address to write to, as typed, once it can be written to at all.

    Full-width letters become plain ones; DNS is not asked, so that signing never waits for it.
    Raises ValidationError.
    """
    plain = unicodedata.normalize("NFKC", address).strip()
    if "@" not in plain:
        raise ValidationError(_("The e-mail address has no @."), code="no_at")
    try:
        checked = validate_email(plain, check_deliverability=False, allow_smtputf8=False, test_environment=True)
    except EmailNotValidError as error:
        raise ValidationError(
            _("Look at the e-mail address again: it cannot be right as it stands."), code="invalid"
        ) from error
    # In ASCII, by IDNA 2008: mail libraries still turn straße.example into strasse.example, somebody else's domain.
    return checked.ascii_email or checked.normalized


def canonical_address(address: str) -> str:
    """The key under which a mailbox signs once. Mail never goes to it, but to the address as typed."""
    local, _at, domain = unicodedata.normalize("NFKC", address).strip().rpartition("@")
    rules = _rules()
    local, domain = local.casefold(), domain.lower()
    with suppress(idna.IDNAError):
        domain = idna.encode(domain, uts46=True).decode()
    rule = rules.get(domain) or rules.get(EVERY_OTHER_DOMAIN)
    if rule and rule.alias_of:
        domain = rule.alias_of
        rule = rules.get(domain) or rules.get(EVERY_OTHER_DOMAIN)
    if rule and rule.strips_tag:
        local = local.split("+", 1)[0] or local
    if rule and rule.strips_dots:
        local = local.replace(".", "") or local
    return f"{local}@{domain}"


def address_hash(canonical: str) -> str:
    """A keyed hash by which an address is known again without being kept."""
    return salted_hmac("petitions.address", canonical, algorithm="sha256").hexdigest()


# `address_hash` by the database's own SHA-256 (HMAC, RFC 2104), for a million addresses in one statement.
ADDRESS_HASH_SQL = "encode(sha256(%(outer_pad)s || sha256(%(inner_pad)s || convert_to({column}, 'UTF8'))), 'hex')"


def hash_pads() -> dict[str, bytes]:
    """What ADDRESS_HASH_SQL is keyed with. It must be the key of `address_hash`: a test compares the two."""
    key = hashlib.sha256(b"petitions.address" + settings.SECRET_KEY.encode()).digest().ljust(64, b"\0")
    return {"inner_pad": bytes(byte ^ 0x36 for byte in key), "outer_pad": bytes(byte ^ 0x5C for byte in key)}
