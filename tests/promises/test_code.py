"""Promises of the code: which way imports point, how long things grow, that migrations are complete."""

import ast
from itertools import chain
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).parents[2]
OURS = ("campaign_site", "campaigns", "petitions")
MAY_IMPORT = {"petitions": set(), "campaigns": {"petitions"}, "campaign_site": {"campaigns", "petitions"}}

# Inside an app imports point upward in this list; plain rules stand above the models that use them.
PETITION_LAYERS = [
    {"languages", "names", "country_select"},
    {"models"},
    {"links", "addresses", "network", "throttling", "suppression", "counting", "consent", "pages", "paging", "captcha"},
    {"mail"},
    {"signing", "commenting", "following", "moderation", "retention", "worker", "personal_data"},
    {"forms"},
    {"views", "admin", "management", "templatetags", "urls"},
]
CAMPAIGN_LAYERS = [
    {"placeholders", "contacts", "markdown", "thermometer", "ways", "pictures", "postal", "office_hours", "dialling"},
    {"sharing", "paper"},
    {"models"},
    {"loading", "presentation", "deeds", "reporting"},
    {"target_cards", "twin_map"},
    {"details"},
    {"composing", "calling", "reminders", "sheets"},
    {"target_check", "letter_check", "checklist"},
    {"publishing", "demo"},
    {"forms"},
    {"views", "admin", "management", "templatetags", "urls"},
]


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


@pytest.mark.parametrize("app", OURS)
def test_app_imports_only_what_stands_below_it(app):
    wrong = [
        f"{path.relative_to(ROOT)}: {name}"
        for path, tree in modules(app).items()
        for name in imported(path, tree)
        if name.split(".")[0] in OURS and name.split(".")[0] not in MAY_IMPORT[app] | {app}
    ]
    assert wrong == []


@pytest.mark.parametrize(("app", "layers"), [("petitions", PETITION_LAYERS), ("campaigns", CAMPAIGN_LAYERS)])
def test_imports_inside_an_app_point_upward(app, layers):
    rank = {name: position for position, names in enumerate(layers) for name in names}
    unknown, wrong = set(), []
    for path, tree in modules(app).items():
        own = path.relative_to(ROOT / app).parts[0].removesuffix(".py")
        if own in ("__init__", "apps"):
            continue
        for name in imported(path, tree):
            parts = name.split(".")
            if parts[0] != app or len(parts) < 2:
                continue
            if own not in rank:
                unknown.add(own)
            elif parts[1] in rank and rank[parts[1]] > rank[own]:
                wrong.append(f"{path.relative_to(ROOT)}: {name}")
    assert (unknown, wrong) == (set(), [])


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
