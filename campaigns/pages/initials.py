"""The letter under which a name stands in a list, in any script."""

import unicodedata

from petitions.normal_forms import normalize

# The first letters of Hangul syllables, doubled ones under the single ones, as Korean dictionaries for people do.
HANGUL_FIRST = 0x1100
HANGUL_LETTERS = "ㄱㄱㄴㄷㄷㄹㅁㅂㅂㅅㅅㅇㅈㅈㅊㅋㅌㅍㅎ"
# Letters that are not made of a letter and a mark: Ł, Ø, Æ and their like stand where readers look for them.
LOOKED_FOR_UNDER = str.maketrans("ŁØÆŒÐÞĐİ", "LOAODTDI")


def initial_of(name: str) -> str:
    """`Élancourt` stands under E, `대구` under ㄷ, `القدس` under its alif; a name without a letter under none."""
    for character in normalize("NFKD", name):
        if not character.isalpha() or unicodedata.combining(character):
            continue
        jamo = ord(character) - HANGUL_FIRST
        if 0 <= jamo < len(HANGUL_LETTERS):
            return HANGUL_LETTERS[jamo]
        # Some letters have no single capital, as ß.
        return character.upper().translate(LOOKED_FOR_UNDER)[:1]
    return ""
