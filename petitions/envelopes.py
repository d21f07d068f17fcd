"""Values that a page hands to the next one in its address: encrypted, since addresses stand in logs and histories, and
believed for half an hour."""

import json
import zlib
from base64 import urlsafe_b64encode
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

BELIEVED_SECONDS = 30 * 60
# Servers refuse lines of more than 4,094 characters.
LONGEST = 3600
KEY_BYTES = 8


def enclosed(key: int, values: dict[str, Any]) -> str:
    """A token that only this site can read or make. It is as long for every `key` of a row: from a shorter one a
    stranger could tell that the row was there before."""
    packed = zlib.compress(json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace"), 9)
    return _cipher().encrypt(key.to_bytes(KEY_BYTES) + packed).decode().rstrip("=")


def opened(token: str) -> tuple[int, dict[str, Any]] | None:
    """Key and values that were put in; None where the token is too old, cut off or made up."""
    if len(token) > LONGEST or not token.isascii():
        return None
    try:
        packed = _cipher().decrypt(token + "=" * (-len(token) % 4), ttl=BELIEVED_SECONDS)
    except InvalidToken:
        return None
    return int.from_bytes(packed[:KEY_BYTES]), json.loads(zlib.decompress(packed[KEY_BYTES:]))


def _cipher() -> MultiFernet:
    return MultiFernet([Fernet(_key(secret)) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret: str) -> bytes:
    return urlsafe_b64encode(salted_hmac("petitions.envelopes", "", secret=secret, algorithm="sha256").digest())
