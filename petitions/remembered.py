"""What the rows of a small table say together, made once in each server and asked for again after some seconds."""

from collections.abc import Callable
from typing import Generic, TypeVar

from django.core.cache import cache
from django.db import connection
from django.db.models import Model

Made = TypeVar("Made")

# A change made in another server is in use after so long.
SECONDS = 5
# Each change of a row writes another xmin, later than all before it.
VERSION_SQL = "SELECT count(*), COALESCE(sum(xmin::text::bigint), 0) FROM {table}"


class Remembered(Generic[Made]):
    """Kept as it is, for unpacking ten thousand rows from a cache would take longer than all the rest of signing.

    The cache says for some seconds which version is the newest; then one small statement asks.
    """

    def __init__(self, model: type[Model], make: Callable[[], Made]) -> None:
        self.table = model._meta.db_table
        self.key = f"remembered.{self.table}"
        self.make = make
        self.kept: tuple[object, Made] | None = None

    def get(self) -> Made:
        version = cache.get(self.key)
        if version is None:
            version = self._version()
            cache.set(self.key, version, SECONDS)
        kept = self.kept
        if kept is None or kept[0] != version:
            self.kept = kept = (version, self.make())
        return kept[1]

    def forget(self) -> None:
        """Read anew at once, in this server. Call it after the commit."""
        self.kept = None
        cache.delete(self.key)

    def _version(self) -> str:
        with connection.cursor() as cursor:
            cursor.execute(VERSION_SQL.format(table=self.table))
            return str(cursor.fetchone())
