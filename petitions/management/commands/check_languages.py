"""`manage.py check_languages`: rows in a language that nobody knows, with the page on which each is mended."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db.models import Model
from django.urls import NoReverseMatch, reverse

from petitions.languages import LanguageField, is_known_tag

ROWS_NAMED = 20


class Command(BaseCommand):
    help = "Name rows whose language is not one. Saving them in the admin asks for the right one."

    def handle(self, *args: Any, **options: Any) -> None:
        lines = list(unknown_languages())
        for line in lines:
            self.stdout.write(line)
        if not lines:
            self.stdout.write(self.style.SUCCESS("Every row is in a language that is known."))


def unknown_languages() -> Iterator[str]:
    for model in apps.get_models():
        for field in model._meta.fields:
            if isinstance(field, LanguageField):
                yield from _wrong_in(model, field.name)


def _wrong_in(model: type[Model], field: str) -> Iterator[str]:
    rows = model._default_manager.order_by()
    for tag in rows.values_list(field, flat=True).distinct():
        if not tag or is_known_tag(tag):
            continue
        for key in rows.filter(**{field: tag}).values_list("pk", flat=True)[:ROWS_NAMED]:
            yield f"{model._meta.label} {key}: {field} {tag!r} {_page(model, key)}".rstrip()


def _page(model: type[Model], key: int) -> str:
    try:
        return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[key])
    except NoReverseMatch:
        return ""
