"""Words that moderators are pointed at."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ..desk.hints import forget_watched_words
from ..models import WatchedWord
from .languages import LanguagesAdmin


@admin.register(WatchedWord)
class WatchedWordAdmin(LanguagesAdmin):
    list_display = ("words", "language", "why")
    list_filter = ("language",)
    search_fields = ("words",)
    list_per_page = 200
    fieldsets = (
        (
            None,
            {
                "fields": ("words", "language", "why"),
                "description": _(
                    "Marked in comments for moderators, and nothing else: nobody is refused for a word. A change is in "
                    "use after a minute."
                ),
            },
        ),
    )

    def save_model(self, request: HttpRequest, obj: WatchedWord, form: forms.ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        forget_watched_words()

    def delete_model(self, request: HttpRequest, obj: WatchedWord) -> None:
        super().delete_model(request, obj)
        forget_watched_words()

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        super().delete_queryset(request, queryset)
        forget_watched_words()
