"""Log lines that name nobody: no e-mail or IP address, no query, no personal link."""

import logging
import re

# Tracebacks are covered too: a database error quotes the row it refused.
HIDDEN = (
    (re.compile(r"[^\s@<>\"'(=]+@[^\s@<>\"'()]+\.[^\s@<>\"'().,;:]+"), "[address]"),
    (re.compile(r"(/signatures/)[^/\s]+"), r"\1[token]"),
    (re.compile(r"(?<=[\w/])\?[^\s\"'<>]*=[^\s\"'<>]*"), "?[query]"),
    (re.compile(r"(?<![\d.])(?!127\.|0\.0\.0\.0)(?:\d{1,3}\.){3}\d{1,3}(?![\d.])"), "[ip]"),
    (re.compile(r"(?<![\w:])(?=[\da-f:]*[\da-f])(?:(?:[\da-f]{1,4}:){7}[\da-f]{1,4}"
                r"|(?=[\da-f:]*::)[\da-f]*:[\da-f:]*)(?![\w:])", re.IGNORECASE), "[ip]"),
)  # fmt: skip


class NamelessFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        for pattern, replacement in HIDDEN:
            line = pattern.sub(replacement, line)
        return line
