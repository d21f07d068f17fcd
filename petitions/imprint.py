"""Who runs this site, for pages and mails."""

from django.conf import settings
from django.core.cache import cache

from .models import Operator

KEY = "petitions.operator"
# Staff see a change at once where they made it, and everywhere else after this.
KEPT_SECONDS = 60


def operator() -> Operator:
    """The row that staff fill in. Until there is one, what the environment says; the two are never mixed, so that
    whoever corrects an address does it in one place."""
    known: Operator | None = cache.get(KEY)
    if known is None:
        known = read_operator()
        cache.set(KEY, known, KEPT_SECONDS)
    return known


def read_operator() -> Operator:
    """As it stands now."""
    return Operator.objects.first() or of_the_environment()


def of_the_environment() -> Operator:
    contact = settings.OPERATOR_CONTACT
    kind = "email" if "@" in contact else "postal_address"
    return Operator(name=settings.OPERATOR_NAME, **{kind: contact})


def forget_operator() -> None:
    """After a change."""
    cache.delete(KEY)
