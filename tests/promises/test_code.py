"""Promises of the code: how long things grow, that migrations are complete. Which way imports point: pyproject.toml."""

import ast
from itertools import chain
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).parents[2]
OURS = ("campaign_site", "campaigns", "petitions")


def modules(app):
    files = (path for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts)
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in files}


def imported(path, tree):
    """Dotted names of our own modules that a file imports."""
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            name = ".".join(filter(None, [base, node.module]))
            yield from (f"{name}.{alias.name}" for alias in node.names)


def test_no_function_is_longer_than_forty_lines():
    nodes = chain.from_iterable(
        ((path, node) for node in ast.walk(tree)) for app in OURS for path, tree in modules(app).items()
    )
    long = [
        f"{path.relative_to(ROOT)}: {node.name} {node.end_lineno - node.lineno + 1}"
        for path, node in nodes
        if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno + 1 > 40
    ]
    assert long == []


def test_no_file_is_longer_than_three_hundred_lines():
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for app in OURS for path in modules(app)}
    assert [path.name for path, length in lengths.items() if length > 300] == []


def test_no_module_listens_to_signals():
    names = chain.from_iterable(imported(path, tree) for app in OURS for path, tree in modules(app).items())
    assert [name for name in names if "signals" in name or name == "django.dispatch.receiver"] == []


@pytest.mark.django_db
def test_models_and_migrations_agree():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
