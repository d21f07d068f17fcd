"""The catalog tool finds, keeps and judges translations."""

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo

from dev import messages


@pytest.fixture
def source(tmp_path, monkeypatch):
    monkeypatch.setattr(messages, "BASE_DIR", tmp_path)
    monkeypatch.setattr(messages, "LANGUAGES", [("en", "English"), ("it", "Italiano")])
    (tmp_path / "templates").mkdir()
    page = tmp_path / "templates" / "page.html"
    page.write_text(
        "  <p>\n{% translate 'Sign now' %}</p>\n    {% blocktranslate %}It's {{ n }}{% endblocktranslate %}"
    )
    return page


@pytest.fixture
def italian(source):
    messages.update()
    return messages.catalog_files()["it"]


def translate(path, **strings):
    text = path.read_text()
    for english, italian in strings.items():
        english = english.replace("_", " ")
        text = text.replace(f'msgid "{english}"\nmsgstr ""', f'msgid "{english}"\nmsgstr "{italian}"')
    path.write_text(text.replace('msgid "It\'s %(n)s"\nmsgstr ""', 'msgid "It\'s %(n)s"\nmsgstr "È %(n)s"'))


def test_template_texts_are_found(source):
    assert [message.id for message in messages.template() if message.id] == ["Sign now", "It's %(n)s"]


def test_second_update_changes_nothing(italian):
    before = italian.read_bytes()
    messages.update()
    assert italian.read_bytes() == before


def test_update_keeps_translations(italian, source):
    translate(italian, Sign_now="Firma ora")
    source.write_text("{% translate 'New' %}" + source.read_text())
    messages.update()
    assert messages.load(italian, "it").get("Sign now").string == "Firma ora"


def test_untranslated_text_fails_the_check(italian):
    assert any("not translated: 'Sign now'" in problem for problem in messages.problems())


def test_complete_catalog_passes_the_check(italian):
    translate(italian, Sign_now="Firma ora")
    assert list(messages.problems()) == []


def test_changed_source_fails_the_check(italian, source):
    translate(italian, Sign_now="Firma ora")
    source.write_text("{% translate 'Other' %}")
    assert any("out of date" in problem for problem in messages.problems())


def test_lost_placeholder_fails_the_check():
    catalog = Catalog()
    assert not messages.placeholders_fit(catalog.add("Hello %(name)s", "Ciao"))


def test_compiled_catalog_holds_the_translation(italian):
    translate(italian, Sign_now="Firma ora")
    messages.compile_all()
    with italian.with_suffix(".mo").open("rb") as file:
        assert read_mo(file).get("Sign now").string == "Firma ora"
