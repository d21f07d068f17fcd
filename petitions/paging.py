"""Lists paged by key: the thousandth page costs what the first one does."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404

ModelT = TypeVar("ModelT", bound=Model)
LARGEST_KEY = 2**63 - 1
# Python refuses to read numbers of more than 4,300 digits.
LONGEST_KEY = len(str(LARGEST_KEY))


@dataclass(frozen=True)
class KeyPage(Generic[ModelT]):
    items: list[ModelT]
    next_before: int | None
    is_first: bool


def page_before(queryset: QuerySet[ModelT], before: str | None, size: int) -> KeyPage[ModelT]:
    """The newest `size` rows below the key `before`. Raises Http404 for a key that is no number."""
    if before:
        is_number = before.isascii() and before.isdigit() and len(before) <= LONGEST_KEY
        if not is_number or int(before) > LARGEST_KEY:
            raise Http404("no such page")
        queryset = queryset.filter(pk__lt=int(before))
    rows = list(queryset.order_by("-pk")[: size + 1])
    items = rows[:size]
    return KeyPage(items, items[-1].pk if len(rows) > size else None, is_first=not before)
