"""The name of a Mastodon instance, as people write it."""

import idna
import regex

NAME_OF_A_HOST = regex.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})")
HANDLE = regex.compile(r"@?[\w.-]+@([^\s@/:]+)")
# Names that mean the reader's own machine or network (RFC 6761, 6762, 8375, 9476).
NOT_PUBLIC = ("localhost", "local", "internal", "arpa", "test", "invalid", "onion", "alt", "lan", "home")


def instance_host(typed: str) -> str | None:
    """The public host, in ASCII, of an instance named by its own address or by somebody's on it; None if neither."""
    text = typed.strip()
    if len(text) > 500:
        return None
    _scheme, with_scheme, rest = text.rpartition("://")
    if with_scheme and _scheme.lower() not in ("http", "https"):
        return None
    handle = HANDLE.fullmatch(text)
    name = handle[1] if handle else rest.partition("/")[0]
    try:
        host = idna.encode(name, uts46=True).decode().lower().removesuffix(".")
    except idna.IDNAError:
        return None
    is_public = NAME_OF_A_HOST.fullmatch(host) and host.rpartition(".")[2] not in NOT_PUBLIC
    return host if is_public and len(host) <= 253 else None
