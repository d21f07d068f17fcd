"""Typed readers of environment variables: a wrong value is refused by name, an empty one is not set."""

import os
from collections.abc import Iterable, Sequence
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import urlsplit

from babel import Locale, UnknownLocaleError
from django.core.exceptions import ImproperlyConfigured

Network = IPv4Network | IPv6Network
YES = ("true", "yes", "on", "1")
NO = ("false", "no", "off", "0")


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool = False) -> bool:
    value = text(name)
    if not value:
        return default
    if value.lower() in YES:
        return True
    if value.lower() in NO:
        return False
    raise _refusal(name, value, "true or false")


def number(name: str, default: int, minimum: int = 0, maximum: int | None = None) -> int:
    value = text(name)
    if not value:
        return default
    expected = f"a whole number from {minimum}" + (f" to {maximum}" if maximum is not None else " up")
    try:
        parsed = int(value)
    except ValueError:
        raise _refusal(name, value, expected) from None
    if parsed < minimum or (maximum is not None and parsed > maximum):
        raise _refusal(name, value, expected)
    return parsed


def choice(name: str, options: Sequence[str], default: str) -> str:
    value = text(name, default)
    if value not in options:
        raise _refusal(name, value, "one of " + ", ".join(options))
    return value


def items(name: str, default: Iterable[str] = ()) -> list[str]:
    """Values divided by commas or spaces."""
    return text(name).replace(",", " ").split() or list(default)


def languages(name: str, default: Iterable[str]) -> list[tuple[str, str]]:
    """Tags with the name that each language gives itself; the first is for readers who ask for none of them."""
    found = []
    for tag in items(name, default):
        try:
            found.append((tag.lower(), Locale.parse(tag, sep="-").get_display_name(tag.replace("-", "_")) or tag))
        except (ValueError, UnknownLocaleError):
            raise _refusal(name, tag, "language tags such as en,it,zh-hans") from None
    return found


def hosts(name: str, default: Iterable[str] = ()) -> list[str]:
    values = items(name, default)
    for value in values:
        if "/" in value or "@" in value:
            raise _refusal(name, value, "host names only, like www.example.org, without https:// or a path")
    return values


def networks(name: str) -> tuple[Network, ...]:
    """The word `none` is a choice like any other, and not the same as nothing said."""
    if text(name).lower() == "none":
        return ()
    try:
        return tuple(ip_network(value) for value in items(name))
    except ValueError:
        raise _refusal(name, text(name), "IP networks like 10.0.0.0/8, divided by commas, or none") from None


def proxies(name: str, must_choose: bool) -> tuple[Network, ...]:
    """The networks of the proxies in front. Left out, the refusal says what would come of it."""
    if must_choose and not text(name):
        raise ImproperlyConfigured(
            f"{name} is not set. Behind a proxy that is not named, all visitors share one address, and the limits "
            "meant for one close the site to everyone. Expected: the networks of your proxies, like 10.0.0.0/8, or "
            "none where people reach the site directly. See .env.example."
        )
    return networks(name)


def url(name: str, default: str = "") -> str:
    """An address of this site: scheme and host, without the closing slash."""
    value = text(name, default).rstrip("/")
    parts = urlsplit(value)
    if value and (parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query):
        raise _refusal(name, value, "an address like https://www.example.org, without a path")
    return value


def secret(name: str, default: str = "") -> str:
    """A value never shown in a message, and that may stand in a file: NAME_FILE=/run/secrets/name."""
    file = text(f"{name}_FILE")
    if not file:
        return text(name, default)
    if text(name):
        raise ImproperlyConfigured(f"{name} and {name}_FILE are both set. Set one of them.")
    try:
        value = Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise _refusal(f"{name}_FILE", file, f"a file that can be read ({type(error).__name__})") from None
    if not value:
        raise _refusal(f"{name}_FILE", file, "a file that is not empty")
    return value


def key(name: str, published: str, must_be_strong: bool) -> str:
    """A secret that signs or hashes; `published` is the one of development."""
    return _checked_key(name, secret(name, published), published, must_be_strong)


def keys(name: str, published: str, must_be_strong: bool) -> list[str]:
    """Several, divided by commas or spaces, or one a line in a file."""
    found = secret(name).replace(",", " ").split()
    return [_checked_key(name, value, published, must_be_strong) for value in found]


def _checked_key(name: str, value: str, published: str, must_be_strong: bool) -> str:
    if must_be_strong and value == published:
        raise ImproperlyConfigured(f"{name} is the one for development, which everyone can read. Make your own.")
    if must_be_strong and len(value) < 32:
        raise ImproperlyConfigured(f"{name} is too short. Expected: 32 characters or more.")
    return value


def prefixed(prefix: str) -> dict[str, str]:
    """All variables that begin so and are set, under the rest of their names."""
    return {name.removeprefix(prefix): text(name) for name in os.environ if name.startswith(prefix) and text(name)}


def require(names: Iterable[str], reason: str) -> None:
    """Refuse to start, with everything that is missing in one message."""
    missing = [name for name in names if not text(name) and not text(f"{name}_FILE")]
    if missing:
        raise ImproperlyConfigured(f"{reason} needs {', '.join(missing)}. See .env.example.")


def _refusal(name: str, value: str, expected: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{name}={value!r} is not understood. Expected: {expected}.")
