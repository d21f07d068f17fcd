"""Pages and rows on which staff write."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.db import models
from django.http import HttpRequest

from ..words_field import WordsField


class WritesWords(BaseModelAdmin):
    """Text of any kind comes in through the one field that normalises it."""

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        # Their heirs (addresses, slugs, languages) have fields of their own.
        if type(db_field) in (models.CharField, models.TextField) and not db_field.choices:
            kwargs.setdefault("form_class", WordsField)
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class Row(WritesWords, admin.TabularInline):
    """A row below the page of what it belongs to."""
