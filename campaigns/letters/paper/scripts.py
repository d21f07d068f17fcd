"""In which language a text on paper is set, told by its script: what somebody adds to a letter is in their own."""

from functools import lru_cache

import regex
from babel.core import get_global

from petitions.languages import normalized_tag

# Scripts that our fonts draw, each with the language to take where no likelier one writes it.
SCRIPTS = {
    "Hang": ("ko", regex.compile(r"\p{Script=Hangul}")),
    "Kana": ("ja", regex.compile(r"[\p{Script=Hiragana}\p{Script=Katakana}]")),
    "Hani": ("", regex.compile(r"\p{Script=Han}")),
    "Arab": ("ar", regex.compile(r"\p{Script=Arabic}")),
    "Hebr": ("he", regex.compile(r"\p{Script=Hebrew}")),
    "Deva": ("hi", regex.compile(r"\p{Script=Devanagari}")),
    "Thai": ("th", regex.compile(r"\p{Script=Thai}")),
    "Cyrl": ("ru", regex.compile(r"\p{Script=Cyrillic}")),
    "Grek": ("el", regex.compile(r"\p{Script=Greek}")),
    "Latn": ("", regex.compile(r"\p{Script=Latin}")),
}
SEVERAL = {"Kore": ("Hang", "Hani"), "Jpan": ("Kana", "Hani"), "Hans": ("Hani",), "Hant": ("Hani",)}


@lru_cache(maxsize=256)
def scripts_of(language: str) -> tuple[str, ...]:
    """The scripts in which a language is written (CLDR, likely subtags)."""
    tag = normalized_tag(language)
    named = next((part for part in tag.split("-")[1:] if len(part) == 4), "")
    likely = get_global("likely_subtags").get(tag.replace("-", "_")) or get_global("likely_subtags").get(tag[:2], "")
    script = named or next((part for part in likely.split("_")[1:] if len(part) == 4), "Latn")
    return SEVERAL.get(script, (script,))


def script_of(text: str) -> str:
    """That of most letters; empty where there is none. Kana makes a text of Han characters Japanese."""
    counts = {name: len(letters.findall(text)) for name, (_language, letters) in SCRIPTS.items()}
    if counts["Kana"] and counts["Hani"]:
        counts["Kana"] += counts["Hani"]
    # A Han character says what several letters do.
    script = max(counts, key=lambda name: counts[name] * (3 if name in ("Hani", "Hang", "Kana") else 1))
    return script if counts[script] else ""


def language_of(text: str, *likely: str) -> str:
    """The first of the `likely` languages that is written so, else the script's own; the first for a bare number."""
    script = script_of(text)
    written_so = (language for language in likely if language and script in scripts_of(language))
    own = SCRIPTS[script][0] if script else ""
    return next(written_so, own or likely[0])
