"""Keys that visitors send, and lists paged by them: the thousandth page costs what the first one does."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, Q, QuerySet
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

    @classmethod
    def of(cls, rows: list[ModelT], before: str | None, size: int) -> "KeyPage[ModelT]":
        """One row more than fits tells that there are others."""
        items = rows[:size]
        return cls(items, items[-1].pk if len(rows) > size else None, is_first=not before)


def older(queryset: QuerySet[ModelT], before: str | None, size: int, *, by: str = "pk") -> QuerySet[ModelT]:
    """The newest rows before the one with the key `before`, and one more than `size`; newest by the column `by`.

    Raises Http404 for a key that is no number or, where another column orders the rows, of no row.
    """
    if before:
        queryset = queryset.filter(_is_older(queryset.model, before, by))
    return queryset.order_by(f"-{by}", "-pk")[: size + 1]


def page_before(queryset: QuerySet[ModelT], before: str | None, size: int) -> KeyPage[ModelT]:
    """The newest `size` rows below the key `before`. Raises Http404 for a key that is no number."""
    return KeyPage.of(list(older(queryset, before, size)), before, size)


def _is_older(model: type[ModelT], before: str, by: str) -> Q:
    key = parsed_key(before)
    if key is None:
        raise Http404("no such page")
    if by == "pk":
        return Q(pk__lt=key)
    last = model._default_manager.filter(pk=key).values_list(by, flat=True).first()
    if last is None:
        raise Http404("no such page")
    return Q(**{f"{by}__lt": last}) | Q(**{by: last, "pk__lt": key})
