"""Whether a signature comes from where a person should look: by mail domain, address and network.

Networks are compared before they are hashed, and nothing of them is kept. The cost is that of a few look-ups in
dictionaries: one for each part of the domain and one for each length of network that is listed, however many are.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import IPv4Address, IPv6Address, ip_network

from django.utils import timezone

from .models import ListEntry
from .remembered import Remembered

Kind, About = ListEntry.Kind, ListEntry.About
# Of several that hold one signature the narrowest is named.
ORDER = (About.ADDRESS, About.DOMAIN, About.NETWORK)


@dataclass(frozen=True)
class Entry:
    pk: int
    kind: str
    about: str
    ends_at: datetime | None


@dataclass(frozen=True)
class Verdict:
    """What the lists say of one signature."""

    is_allowed: bool = False
    held_reason: str = ""
    held_by: int | None = None
    mark: str = ""


@dataclass(frozen=True)
class Lists:
    # `spam.example` and all below it; `*.spam.example`, those below it alone.
    domains: dict[str, Entry] = field(default_factory=dict)
    below: dict[str, Entry] = field(default_factory=dict)
    addresses: dict[str, Entry] = field(default_factory=dict)
    # By version and length of the prefix, then by the prefix.
    networks: dict[tuple[int, int], dict[int, Entry]] = field(default_factory=dict)

    def verdict(self, canonical_email: str, client: IPv4Address | IPv6Address | None = None) -> Verdict:
        now = timezone.now()
        found = [
            entry for entry in self._about(canonical_email, client) if entry.ends_at is None or entry.ends_at > now
        ]
        # Whoever is allowed is never held, whatever else is listed.
        if any(entry.kind == Kind.ALLOW for entry in found):
            return Verdict(is_allowed=True)
        found.sort(key=lambda entry: ORDER.index(About(entry.about)))
        blocked = next((entry for entry in found if entry.kind == Kind.BLOCK), None)
        watched = next((f"watched {entry.about}" for entry in found if entry.kind == Kind.WATCH), "")
        if blocked:
            return Verdict(held_reason=blocked.about, held_by=blocked.pk, mark=watched)
        return Verdict(mark=watched)

    def _about(self, canonical_email: str, client: IPv4Address | IPv6Address | None) -> Iterator[Entry]:
        if entry := self.addresses.get(canonical_email):
            yield entry
        labels = canonical_email.rpartition("@")[2].split(".")
        for start in range(len(labels)):
            domain = ".".join(labels[start:])
            if entry := self.domains.get(domain):
                yield entry
            if start and (entry := self.below.get(domain)):
                yield entry
        if client is not None:
            number = int(client)
            for (version, length), prefixes in self.networks.items():
                if version == client.version and (entry := prefixes.get(number >> (client.max_prefixlen - length))):
                    yield entry


def read_lists() -> Lists:
    """As they are now, in one statement."""
    lists = Lists()
    rows = ListEntry.objects.in_force().values_list("pk", "kind", "about", "pattern", "ends_at")
    for pk, kind, about, pattern, ends_at in rows:
        entry = Entry(pk, kind, about, ends_at)
        if about == About.NETWORK:
            network = ip_network(pattern)
            key = (network.version, network.prefixlen)
            prefix = int(network.network_address) >> (network.max_prefixlen - network.prefixlen)
            lists.networks.setdefault(key, {})[prefix] = entry
        elif about == About.ADDRESS:
            lists.addresses[pattern] = entry
        elif pattern.startswith("*."):
            lists.below[pattern[2:]] = entry
        else:
            lists.domains[pattern] = entry
    return lists


kept_lists = Remembered(ListEntry, read_lists)
