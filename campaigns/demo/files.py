"""Reading the demonstration's facts (TOML) and texts (one file for each language)."""

import tomllib
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from petitions.normal_forms import normalized

FOLDER = Path(__file__).parent
TEXTS = FOLDER / "texts"
PICTURES = FOLDER / "pictures"
SOURCE_LANGUAGE = "en"


@cache
def facts(name: str) -> dict[str, Any]:
    """The facts in `facts/<name>.toml`; none where there is no such file."""
    path = FOLDER / "facts" / f"{name}.toml"
    return tomllib.loads(_read(path)) if path.exists() else {}


def texts(name: str) -> dict[str, str]:
    """The file `name` in every language that has it."""
    folders = sorted(folder for folder in TEXTS.iterdir() if (folder / name).exists())
    return {folder.name: _read(folder / name).strip() for folder in folders}


def _read(path: Path) -> str:
    """As every other text that comes in, whatever editor wrote it."""
    return normalized(path.read_text(encoding="utf-8"))


def at_noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=UTC)


def moment_of(fact: dict[str, Any], now: datetime) -> datetime:
    """When it was: on its day in history, or so many days before the demonstration is loaded."""
    if "days_ago" in fact:
        return now - timedelta(days=fact["days_ago"])
    return fact["at"] if "at" in fact else at_noon(fact["published_on"])


def heads_and_body(text: str, heads: int) -> list[str]:
    """The first paragraphs one by one, without their `#`, then all the rest."""
    parts = [part.strip() for part in text.split("\n\n", heads)]
    return [part.removeprefix("# ") for part in parts[:heads]] + parts[heads:] + [""] * (heads + 1 - len(parts))
