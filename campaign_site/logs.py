"""Log lines that name nobody: no e-mail or IP address, no query, no personal link."""

import logging
import re
from typing import Any

# Tracebacks are covered too: a database error quotes the row it refused.
HIDDEN = (
    (re.compile(r"(?<=Key )\((.*?)\)=\(.*\)"), r"(\1)=([values])"),
    (re.compile(r"(?<=Failing row contains )\((?:.*\)\.(?=\s*(?:\n|$))|.*)", re.DOTALL), "([values])."),
    (re.compile(r"[^\s@<>\"'(=]+(?:@|%(?:25)*40)[^\s@<>\"'()]+\.[^\s@<>\"'().,;:]+"), "[address]"),
    (re.compile(r"(/(?:signatures|comments|follows)/)[^/\s]+", re.IGNORECASE), r"\1[token]"),
    (re.compile(r"(?<=[\w/])\?[^\s\"'<>]*=[^\s\"'<>]*"), "?[query]"),
    (re.compile(r"(?<![\d.])(?!127\.|0\.0\.0\.0)(?:\d{1,3}\.){3}\d{1,3}(?![\d.])"), "[ip]"),
    (
        re.compile(
            r"(?<![\w:])(?=[\da-f:]*[\da-f])(?:(?:[\da-f]{1,4}:){7}[\da-f]{1,4}"
            r"|(?=[\da-f:]*::)[\da-f]*:[\da-f:]*)(?![\w:])",
            re.IGNORECASE,
        ),
        "[ip]",
    ),
)


# The patterns' time grows with the square of a line: 4,000 characters of a visitor's choice took 28 ms.
LONGEST_LINE = 1000


class NamelessFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = "\n".join(_cut(line) for line in super().format(record).split("\n"))
        for pattern, replacement in HIDDEN:
            line = pattern.sub(replacement, line)
        return line


def _cut(line: str) -> str:
    """Between words: half an address would no longer look like one, and would stay."""
    if len(line) <= LONGEST_LINE:
        return line
    end = max(line.rfind(" ", 0, LONGEST_LINE), line.rfind("/", 0, LONGEST_LINE))
    return line[: max(end, 0)] + "…"


def logging_settings(level: str) -> dict[str, Any]:
    """To the console, naming nobody."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "nameless": {
                "()": "campaign_site.logs.NamelessFormatter",
                "format": "{asctime} {levelname} {name}: {message}",
                "style": "{",
            }
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "nameless"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.server": {"handlers": ["console"], "level": level, "propagate": False},
            "django.db.backends": {"level": "WARNING"},
            "django.template": {"level": "INFO"},
            "django.utils.autoreload": {"level": "INFO"},
        },
    }
