"""Scripts, and the languages that have one for themselves."""

from collections import Counter
from collections.abc import Mapping

import regex

# By ISO 15924: where a script serves several languages, as Arabic and Devanagari do, the words must tell.
LANGUAGES = {
    "Hang": "ko",
    "Jpan": "ja",
    "Hebr": "he",
    "Grek": "el",
    "Thai": "th",
    "Laoo": "lo",
    "Khmr": "km",
    "Mymr": "my",
    "Armn": "hy",
    "Geor": "ka",
    "Taml": "ta",
    "Telu": "te",
    "Knda": "kn",
    "Mlym": "ml",
    "Gujr": "gu",
    "Guru": "pa",
    "Orya": "or",
    "Sinh": "si",
    "Thaa": "dv",
}
SHARED = ("Latn", "Cyrl", "Arab", "Deva", "Beng", "Ethi", "Tibt")
CHARACTERS = regex.compile(
    r"(?P<Hani>\p{Han})|(?P<Jpan>[\p{Hiragana}\p{Katakana}])|"
    + "|".join(rf"(?P<{script}>\p{{Script={script}}})" for script in (*LANGUAGES, *SHARED) if script != "Jpan")
    + r"|(?P<Zzzz>\p{L})"
)
# What Yiddish writes and Hebrew does not: the pointed alef, the double vav and yod of one character.
YIDDISH = regex.compile("[\u05f0-\u05f2]|א[\u05b7\u05b8]|ײ")


def letters_by_script(text: str) -> Mapping[str, int]:
    """`{"Latn": 12, "Hang": 3}`. Japanese writes Han characters between its own: beside kana they are Japanese."""
    found = Counter(match.lastgroup or "" for match in CHARACTERS.finditer(text))
    if found["Jpan"]:
        # A word of kana in a Chinese sentence is a quotation.
        found["Jpan"] += found.pop("Hani", 0) if found["Jpan"] * 6 >= found["Hani"] else 0
    return found


def main_script(text: str) -> tuple[str, int]:
    """The script of most letters, and how many percent of them are of it."""
    found = letters_by_script(text)
    if not found:
        return "", 0
    script = max(found, key=lambda name: found[name])
    return script, round(100 * found[script] / sum(found.values()))


def language_of(script: str, text: str) -> str:
    """The language that writes mainly in this script alone, or nothing."""
    return "" if script == "Hebr" and YIDDISH.search(text) else LANGUAGES.get(script, "")
