"""What a text is written in: by its script, and where that serves several languages, by a small model."""

import logging
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from pathlib import Path
from typing import Any

import regex
from babel.core import get_global

from ..languages import is_known_tag
from .scripts import language_of, main_script

logger = logging.getLogger(__name__)

MODEL = Path(__file__).with_name("lid.176.ftz")
# A text with a sentence in another script besides its own is said to be neither.
MOSTLY = 60
# Of the short comments tried, in forty languages, none was told wrongly above it, and some were below.
SURE = 75
# `Basta ya` is Swahili to the model; names of cities are English to it.
FEWEST_WORDS, FEWEST_LETTERS, FEWEST_CHARACTERS = 3, 12, 4
LONGEST = 2000
# The model learned from Wikipedia, whose names of some languages are its own. Serbian, Croatian and Bosnian in Latin
# letters it cannot tell apart.
TAGS = {"als": "gsw", "bh": "bho", "no": "nb", "wuu": "zh", "yue": "zh", "sh": "", "hr": "", "bs": ""}
GUESSES = 3
ADDRESSES = regex.compile(r"https?://\S+|www\.\S+|\S+@\S+|[#@]\S+")


@dataclass(frozen=True)
class Guess:
    """A BCP 47 tag, empty where nobody can be sure; how sure, in percent; and by what."""

    language: str
    confidence: int
    source: str


def guess(text: str) -> Guess:
    words = " ".join(ADDRESSES.sub(" ", text[:LONGEST]).split())
    script, share = main_script(words)
    if share < MOSTLY:
        return Guess("", share, "script")
    if own := language_of(script, words):
        return Guess(own, share, "script")
    return _by_its_words(words, script)


def _by_its_words(words: str, script: str) -> Guess:
    letters = sum(character.isalpha() for character in words)
    is_long = letters >= FEWEST_CHARACTERS if script == "Hani" else letters >= FEWEST_LETTERS and _has_words(words)
    if not is_long or (model := _model()) is None:
        return Guess("", 0, "detector")
    shares: dict[str, float] = {}
    # Capital letters alone look Japanese to it; it takes a single line.
    for label, share in zip(*model.predict(words.lower(), k=GUESSES), strict=True):
        name = str(label).removeprefix("__label__")
        tag = TAGS.get(name, name)
        shares[tag] = shares.get(tag, 0.0) + float(share)
    tag, share = max(shares.items(), key=itemgetter(1), default=("", 0.0))
    confidence = min(100, int(100 * share))
    is_sure = confidence >= SURE and is_known_tag(tag) and _writes_in(tag, script)
    return Guess(tag if is_sure else "", confidence, "detector")


def _has_words(text: str) -> bool:
    return len(regex.findall(r"\p{L}[\p{L}\p{M}\u200c\u200d'’-]*", text)) >= FEWEST_WORDS


def _writes_in(tag: str, script: str) -> bool:
    """Whether a language is usually written so: what looks Bulgarian in Latin letters is not."""
    likely = get_global("likely_subtags").get(tag, "")
    expected = likely.split("_")[1] if likely.count("_") >= 2 else script
    return {"Hans": "Hani", "Hant": "Hani", "Jpan": "Hani"}.get(expected, expected) == script


@lru_cache(maxsize=1)
def _model() -> Any:
    """Read once, in the worker."""
    try:
        import fasttext
    except ImportError:
        logger.warning("fasttext-predict-v2 is not installed: languages are told by their scripts only")
        return None
    return fasttext.load_model(str(MODEL))
