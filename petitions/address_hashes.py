"""Addresses known again without being kept: keyed hashes of their canonical form, here and in the database."""

import hashlib

from django.conf import settings
from django.utils.crypto import salted_hmac

SALT = "petitions.address"


def address_hash(canonical: str) -> str:
    """A keyed hash by which an address is known again without being kept, for as long as LASTING_KEY stays."""
    return _hash(canonical, settings.LASTING_KEY)


def address_hashes(canonical: str) -> list[str]:
    """All hashes under which an address may be remembered: before LASTING_KEY came, SECRET_KEY made them."""
    return [_hash(canonical, key) for key in _keys()]


def network_hash(petition_id: int, network: str) -> str:
    """By this a network is known again under one petition: short, keyed, and another one under every other petition."""
    key = f"petitions.network.{petition_id}"
    return salted_hmac(key, network, secret=settings.LASTING_KEY, algorithm="sha256").hexdigest()[:16]


def _keys() -> list[str]:
    return list(dict.fromkeys((settings.LASTING_KEY, settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)))


def _hash(canonical: str, key: str) -> str:
    return salted_hmac(SALT, canonical, secret=key, algorithm="sha256").hexdigest()


# `address_hashes` by the database's own SHA-256 (HMAC, RFC 2104), for a million addresses in one statement.
ADDRESS_HASHES_SQL = """ARRAY(
    SELECT encode(sha256(outer_pad || sha256(inner_pad || convert_to({column}, 'UTF8'))), 'hex')
    FROM unnest(%(outer_pads)s::bytea[], %(inner_pads)s::bytea[]) WITH ORDINALITY AS pads(outer_pad, inner_pad, place)
    ORDER BY place
)"""


def hash_pads() -> dict[str, list[bytes]]:
    """What ADDRESS_HASHES_SQL is keyed with. It must be the keys of `address_hashes`: a test compares the two."""
    keys = [hashlib.sha256(SALT.encode() + key.encode()).digest().ljust(64, b"\0") for key in _keys()]
    return {
        "inner_pads": [bytes(byte ^ 0x36 for byte in key) for key in keys],
        "outer_pads": [bytes(byte ^ 0x5C for byte in key) for key in keys],
    }
