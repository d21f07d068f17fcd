"""Promises of the documents: what they name is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCS = ("README.md", "CONTRIBUTING.md", "docs/architecture.md")
# Within a chapter on one app its own rooms are named without it.
STARTS = (ROOT, ROOT / "campaigns", ROOT / "petitions")
IN_MARKS = re.compile(r"`([\w.-]+(?:/[\w.-]+)*/(?:[\w-]+\.[a-z]+)?)`")
IN_DIAGRAMS = re.compile(r"\b((?:[a-z_]+/)+[a-z_]+\.py)\b")
LINKS = re.compile(r"\]\((?!https?:)([^)#]+)\)")


def named_in(text):
    return {*IN_MARKS.findall(text), *IN_DIAGRAMS.findall(text)}


def is_there(path):
    return any((start / path).exists() for start in STARTS)


@pytest.mark.parametrize("name", DOCS)
def test_every_file_that_is_named_exists(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert [path for path in sorted(named_in(text)) if not is_there(path)] == []


@pytest.mark.parametrize("name", [*DOCS, "SECURITY.md", "CHANGELOG.md"])
def test_every_link_leads_somewhere(name):
    path = ROOT / name
    links = LINKS.findall(path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []
