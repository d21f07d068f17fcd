"""Promises of the templates: those of petitions know campaigns through one tag, and none lies unused."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
OF_PETITIONS = sorted(TEMPLATES.glob("petitions/**/*.html"))
OF_CAMPAIGNS = {path.stem for path in ROOT.glob("campaigns/templatetags/*.py")} - {"__init__", "petition_home"}
# Found by their names, by Django, its admin or an installed app.
CONVENTIONAL = re.compile(
    r"\d{3}\.html"
    r"|admin/(base_site|index|change_form)\.html"
    r"|admin/\w+/(\w+/)?(change_form|change_list|pagination)\.html"
    r"|django_recaptcha/.+"
    r"|plain/(whole_uni_form|field|layout/baseinput)\.html"
)


def text_of(path):
    return path.read_text(encoding="utf-8")


def in_python():
    return "\n".join(
        text_of(path)
        for app in ("campaign_site", "campaigns", "petitions")
        for path in (ROOT / app).rglob("*.py")
        if "migrations" not in path.parts
    )


def is_named(name, others, python):
    """As a whole, or a mail by its first part: petitions.mail adds the endings."""
    mail = re.fullmatch(r"mail/([a-z]\w*)(\.subject)?\.(txt|html)", name)
    return f'"{name}"' in python or f'"{name}"' in others or (mail is not None and f'"{mail[1]}"' in python)


@pytest.mark.parametrize("path", OF_PETITIONS, ids=lambda path: path.name)
def test_a_page_of_petitions_knows_campaigns_only_by_their_home(path):
    text = text_of(path)
    loaded = {library for tag in re.findall(r"{%\s*load\s+(.+?)\s*%}", text) for library in tag.split()}
    assert "campaigns/" not in text
    assert "campaigns:" not in text
    assert not loaded & OF_CAMPAIGNS


def test_every_template_is_used():
    texts = {path: text_of(path) for path in TEMPLATES.rglob("*") if path.is_file()}
    python = in_python()
    unused = [
        name
        for path in texts
        if not CONVENTIONAL.fullmatch(name := path.relative_to(TEMPLATES).as_posix())
        and not is_named(name, "\n".join(text for other, text in texts.items() if other != path), python)
    ]
    assert unused == []
