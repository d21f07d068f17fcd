"""When two texts say the same, and when nearly: by digests that an index compares."""

import hashlib
import random

import regex

from ..normal_forms import normalize

LONGEST = 2000
NOT_LETTERS = regex.compile(r"[^\p{L}\p{M}\p{N}]+")
# Letters rather than words: Chinese, Japanese and Thai have no spaces, and Korean's come and go.
SHINGLE = 5
# Twelve bands of three least values. Texts that share 70 % of their shingles share three bands in 6 cases of 7, those
# that share 30 % in one of 200.
ROWS, BANDS = 3, 12
BANDS_ALIKE = 3
# Shorter ones are alike by chance.
SHORTEST = 20
PRIME = (1 << 61) - 1
_chance = random.Random(2016)
FACTORS = [(_chance.randrange(1, PRIME), _chance.randrange(PRIME)) for _ in range(ROWS * BANDS)]


def bare(text: str) -> str:
    """Letters and digits alone, without capitals: whoever adds a space or a sign says nothing new."""
    return NOT_LETTERS.sub("", normalize("NFKC", text[:LONGEST]).casefold())


def words_hash(text: str) -> int:
    """Equal for texts that differ in capitals, spaces and signs only. Of mere signs: of them as they stand."""
    return _number(bare(text) or normalize("NFKC", text[:LONGEST]))


def word_bands(text: str) -> list[int]:
    """Nearly equal texts share some; nothing for texts too short to tell."""
    letters = bare(text)
    if len(letters) < SHORTEST:
        return []
    shingles = {_number(letters[at : at + SHINGLE]) % PRIME for at in range(len(letters) - SHINGLE + 1)}
    least = [min((factor * shingle + shift) % PRIME for shingle in shingles) for factor, shift in FACTORS]
    bands = [tuple(least[at : at + ROWS]) for at in range(0, len(least), ROWS)]
    return [_number(f"{place}{band}") for place, band in enumerate(bands)]


def _number(text: str) -> int:
    """Of eight bytes, with a sign, as PostgreSQL keeps it."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), signed=True)
