"""What a screen showed of a row: carried in the form, so that an act changes only what its actor has read."""

import hashlib


def seen_as(state: str, *shown: str) -> str:
    """The state, readable, and a digest of all that stood beside it."""
    digest = hashlib.sha256("\0".join(shown).encode()).hexdigest()
    return f"{state}-{digest[:16]}"


def state_in(seen: str) -> str:
    return seen.partition("-")[0]


def words_in(seen: str) -> str:
    """The digest of the words, whatever the state."""
    return seen.partition("-")[2]
