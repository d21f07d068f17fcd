"""Canonical e-mail addresses: one for each mailbox, however it was typed."""

from contextlib import suppress

import idna
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from email_validator import EmailNotValidError, validate_email

from .models import DomainRule
from .normal_forms import normalize

RULES_CACHE_KEY = "petitions.domain-rules"
RULES_CACHE_SECONDS = 60
# Four times what mail knows (RFC 5321, 4.5.3): letters may come in several parts.
LONGEST_TYPED = 4 * 254
LONGEST_DOMAIN = 253
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
    if len(address) > LONGEST_TYPED:
        raise _cannot_be_right()
    plain = normalize("NFKC", address).strip()
    if "@" not in plain:
        raise ValidationError(_("The e-mail address has no @."), code="no_at")
    try:
        checked = validate_email(plain, check_deliverability=False, allow_smtputf8=False, test_environment=True)
    except EmailNotValidError as error:
        raise _cannot_be_right() from error
    # In ASCII, by IDNA 2008: mail libraries still turn straße.example into strasse.example, somebody else's domain.
    return checked.ascii_email or checked.normalized


def _cannot_be_right() -> ValidationError:
    return ValidationError(_("Look at the e-mail address again: it cannot be right as it stands."), code="invalid")


def canonical_address(address: str) -> str:
    """The key under which a mailbox signs once. Mail never goes to it, but to the address as typed."""
    local, _at, domain = normalize("NFKC", address).strip().rpartition("@")
    rules = _rules()
    local, domain = local.casefold(), canonical_domain(domain)
    rule = rules.get(domain) or rules.get(EVERY_OTHER_DOMAIN)
    if rule and rule.strips_tag:
        local = local.split("+", 1)[0] or local
    if rule and rule.strips_dots:
        local = local.replace(".", "") or local
    return f"{local}@{domain}"


def canonical_domain(domain: str) -> str:
    """In ASCII, and under the name by which its addresses are compared."""
    domain = domain.lower()
    with suppress(idna.IDNAError):
        # Checked first, for its work grows with the square of a name's length.
        if len(domain) > LONGEST_DOMAIN:
            raise idna.IDNAError
        domain = idna.encode(domain, uts46=True).decode()
    rules = _rules()
    rule = rules.get(domain) or rules.get(EVERY_OTHER_DOMAIN)
    return rule.alias_of if rule and rule.alias_of else domain
