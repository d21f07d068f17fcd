"""`manage.py check_languages`: rows in a language that nobody knows, with the page on which each is mended."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand
from django.db.models import Model
from django.urls import NoReverseMatch, reverse

from petitions.languages import validate_language_tag, validate_language_tags

Rule = Callable[[str], None]
LANGUAGE_RULES = [validate_language_tag, validate_language_tags]
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
            for validate in field.validators:
                if validate in LANGUAGE_RULES:
                    yield from _wrong_in(model, field.name, validate)


def _wrong_in(model: type[Model], field: str, validate: Rule) -> Iterator[str]:
    rows = model._default_manager.order_by()
    for said in rows.exclude(**{field: ""}).values_list(field, flat=True).distinct():
        try:
            validate(said)
        except ValidationError:
            for row in rows.filter(**{field: said})[:ROWS_NAMED]:
                yield f"{model._meta.label} {row.pk}: {field} {said!r} {_page(row)}".rstrip()


def _page(row: Model) -> str:
    """Its own, or that of what it belongs to."""
    owners = [getattr(row, field.name) for field in row._meta.concrete_fields if field.many_to_one]
    for each in (row, *owners):
        if each is not None:
            with suppress(NoReverseMatch):
                return reverse(f"admin:{each._meta.app_label}_{each._meta.model_name}_change", args=[each.pk])
    return ""
