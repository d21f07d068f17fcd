"""Translation catalogs without GNU gettext: python -m dev.messages compile|update|check"""

import argparse
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation import to_locale
from django.utils.translation.template import templatize

from campaign_site.settings import BASE_DIR, LANGUAGE_CODE, LANGUAGES

SOURCES = ("campaign_site", "campaigns", "petitions", "templates")
KEYWORDS: dict[str, tuple] = {
    "_": (1,),
    "gettext": (1,),
    "gettext_lazy": (1,),
    "gettext_noop": (1,),
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
# They change with the machine and the minute, and say nothing that git does not know.
UNSTABLE_HEADERS = re.compile(
    r'^"(?:Project-Id-Version|POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Generated-By|Report-Msgid-Bugs-To):'
    r'.*"\n',
    re.MULTILINE,
)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def catalog_files() -> dict[str, Path]:
    locales = [to_locale(code) for code, _ in LANGUAGES if code != LANGUAGE_CODE]
    return {locale: BASE_DIR / "locale" / locale / "LC_MESSAGES" / "django.po" for locale in locales}


# Reading the sources


def source_files() -> Iterator[Path]:
    for folder in SOURCES:
        for path in sorted((BASE_DIR / folder).rglob("*")):
            if path.suffix in (".py", ".html", ".txt") and "migrations" not in path.parts:
                yield path


def as_python(path: Path) -> str:
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return source
    # The result is flat, but keeps the indentation of the template, which Python's tokenizer would refuse.
    return "\n".join(line.strip() for line in templatize(source, origin=str(path)).split("\n"))


def template() -> Catalog:
    """All messages of the product, in the order of the files."""
    catalog = Catalog(project="Sister City Campaigns", charset="utf-8", fuzzy=False)
    for path in source_files():
        stream = io.BytesIO(as_python(path).encode())
        found = extract("python", stream, KEYWORDS, ("Translators:",), {"encoding": "utf-8"}, strip_comment_tags=True)
        for line, message, comments, context in found:
            place = (path.relative_to(BASE_DIR).as_posix(), line)
            catalog.add(message, locations=[place], auto_comments=comments, context=context)
    return catalog


# Catalogs


def load(path: Path, locale: str) -> Catalog:
    if not path.exists():
        return Catalog(locale=locale, project="Sister City Campaigns", charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=locale, abort_invalid=True)


def merged(path: Path, locale: str, messages: Catalog, tidy: bool = False) -> str:
    """The catalog with the messages of today, and with all translations that still fit."""
    catalog = load(path, locale)
    catalog.update(messages, update_header_comment=False)
    catalog.header_comment = f"# Sister City Campaigns in {catalog.locale.english_name if catalog.locale else locale}."
    catalog.fuzzy = False
    output = io.BytesIO()
    write_po(output, catalog, width=100, include_lineno=False, ignore_obsolete=tidy)
    return UNSTABLE_HEADERS.sub("", output.getvalue().decode())


def update(tidy: bool = False) -> None:
    messages = template()
    for locale, path in catalog_files().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(merged(path, locale, messages, tidy), encoding="utf-8")
        catalog = load(path, locale)
        missing = sum(1 for message in catalog if message.id and not is_translated(message))
        print(f"{locale}: {len(catalog)} messages, {missing} to translate")


def compile_all() -> None:
    for locale, path in catalog_files().items():
        target = path.with_suffix(".mo")
        if path.exists() and not (target.exists() and target.stat().st_mtime >= path.stat().st_mtime):
            # Written beside it first: a server that starts meanwhile reads one whole file or the other.
            unfinished = target.with_suffix(".part")
            with unfinished.open("wb") as file:
                write_mo(file, load(path, locale))
            unfinished.replace(target)


# Checking


def is_translated(message: Message) -> bool:
    strings = message.string if isinstance(message.string, tuple | list) else [message.string]
    return all(strings) and not message.fuzzy


def placeholders_fit(message: Message) -> bool:
    """Each form has the placeholders of one of the source's forms: a singular may leave its number out."""
    sources = message.id if isinstance(message.id, tuple | list) else [message.id]
    strings = message.string if isinstance(message.string, tuple | list) else [message.string]
    allowed = [sorted(PLACEHOLDER.findall(source)) for source in sources]
    return all(sorted(PLACEHOLDER.findall(string)) in allowed for string in strings if string)


def problems() -> Iterator[str]:
    messages = template()
    for locale, path in catalog_files().items():
        name = path.relative_to(BASE_DIR) if path.is_relative_to(BASE_DIR) else path
        if not path.exists():
            yield f"{name} is missing: run `make messages`"
            continue
        if path.read_text(encoding="utf-8") != merged(path, locale, messages):
            yield f"{name} is out of date: run `make messages`"
        for message in load(path, locale):
            if message.id and message.fuzzy:
                yield f"{name}: fuzzy: {message.id!r}"
            elif message.id and not is_translated(message):
                yield f"{name}: not translated: {message.id!r}"
            elif message.id and not placeholders_fit(message):
                yield f"{name}: placeholders differ: {message.id!r}"


def check() -> None:
    found = list(problems())
    print("\n".join(found) or "All catalogs are up to date and complete.")
    sys.exit(1 if found else 0)


def main() -> None:
    parser = argparse.ArgumentParser(description="Translation catalogs")
    parser.add_argument("action", choices=("compile", "update", "check"))
    parser.add_argument("--tidy", action="store_true", help="with update: drop translations no longer used")
    arguments = parser.parse_args()
    if arguments.action == "update":
        update(arguments.tidy)
    {"compile": compile_all, "update": compile_all, "check": check}[arguments.action]()


if __name__ == "__main__":
    main()
