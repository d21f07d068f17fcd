"""What a server remembers, each kind apart: where one cache is full, it pushes nothing out of another.

So no stranger's parameters, networks or unknown addresses take the place of a page that everybody reads.
"""

from collections import OrderedDict
from threading import Lock
from typing import Any

from django.core.cache.backends.locmem import LocMemCache

# A page takes 8 to 16 kB: 300 campaigns in 13 languages, 3,900 pages, fit in the 64 MB that are usual.
PAGES_AT_MOST = 10_000
# Pages with parameters.
VARIANTS_AT_MOST, VARIANTS_BYTES = 1000, 8_000_000

_held: dict[str, int] = {}


def caches(pages_megabytes: int) -> dict[str, dict[str, Any]]:
    """The setting CACHES."""
    rest = "django.core.cache.backends.locmem.LocMemCache"
    pages = "campaign_site.memory.BoundedMemory"
    return {
        "default": {"BACKEND": rest, "LOCATION": "default", "OPTIONS": {"MAX_ENTRIES": 2000}},
        "throttles": {"BACKEND": rest, "LOCATION": "throttles", "OPTIONS": {"MAX_ENTRIES": 10_000}},
        "pages": {
            "BACKEND": pages,
            "LOCATION": "pages",
            "OPTIONS": {"MAX_ENTRIES": PAGES_AT_MOST, "MAX_BYTES": pages_megabytes * 1_000_000},
        },
        "variants": {
            "BACKEND": pages,
            "LOCATION": "variants",
            "OPTIONS": {"MAX_ENTRIES": VARIANTS_AT_MOST, "MAX_BYTES": VARIANTS_BYTES},
        },
    }


class BoundedMemory(LocMemCache):
    """Django's, with OPTIONS["MAX_BYTES"], for pages differ in size a hundredfold.

    Where there is no room, what was not asked for the longest goes.
    """

    _cache: OrderedDict[str, bytes]
    _expire_info: dict[str, float | None]
    _lock: Lock
    _max_entries: int

    def __init__(self, name: str, params: dict[str, Any]) -> None:
        super().__init__(name, params)
        self._name = name
        self._max_bytes = int(params["OPTIONS"]["MAX_BYTES"])

    @property
    def held_bytes(self) -> int:
        return _held.get(self._name, 0)

    # Called by Django under its lock.

    def _set(self, key: str, value: bytes, timeout: Any = None) -> None:
        self._delete(key)
        if len(value) > self._max_bytes:
            return
        while self._cache and (len(self._cache) >= self._max_entries or self.held_bytes + len(value) > self._max_bytes):
            self._delete(next(reversed(self._cache)))
        super()._set(key, value, timeout)  # type: ignore[misc]
        _held[self._name] = self.held_bytes + len(value)

    def _delete(self, key: str) -> bool:
        if (value := self._cache.get(key)) is not None:
            _held[self._name] = self.held_bytes - len(value)
        return super()._delete(key)  # type: ignore[misc]

    def clear(self) -> None:
        with self._lock:
            self._cache.clear()
            self._expire_info.clear()
            _held[self._name] = 0
