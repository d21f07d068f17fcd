"""Keys that visitors send, and lists paged by them: the thousandth page costs what the first one does."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404

ModelT = TypeVar("ModelT", bound=Model)
LARGEST_KEY = 2**63 - 1
# Python refuses to read numbers of more than 4,300 digits.
LONGEST_KEY = len(str(LARGEST_KEY))


def parsed_key(text: str | None) -> int | None:
    """The primary key that a visitor wrote, or None where it cannot be one."""
    if not text or len(text) > LONGEST_KEY or not (text.isascii() and text.isdigit()):
        return None
    return int(text) if int(text) <= LARGEST_KEY else None


@dataclass(frozen=True)
class KeyPage(Generic[ModelT]):
    items: list[ModelT]
    next_before: int | None
    is_first: bool


def page_before(queryset: QuerySet[ModelT], before: str | None, size: int) -> KeyPage[ModelT]:
    """The newest `size` rows below the key `before`. Raises Http404 for a key that is no number."""
    if before:
        key = parsed_key(before)
        if key is None:
            raise Http404("no such page")
        queryset = queryset.filter(pk__lt=key)
    rows = list(queryset.order_by("-pk")[: size + 1])
    items = rows[:size]
    return KeyPage(items, items[-1].pk if len(rows) > size else None, is_first=not before)
