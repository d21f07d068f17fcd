"""The reasons for refusing a comment, in the words of each language."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from ..loading import loaded
from ..models import Reason, ReasonText
from .languages import LanguagesAdmin, TextInline, languages_shown


class ReasonTextInline(TextInline):
    model = ReasonText


@admin.register(Reason)
class ReasonAdmin(LanguagesAdmin):
    inlines = [ReasonTextInline]
    fields = ("key", "position", "is_illegal", "is_retired")
    list_display = ("title", "position", "is_retired", "languages")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Reason]:
        return super().get_queryset(request).prefetch_related(loaded("texts"))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Exports and reports name it by its key for good."""
        return ("key",) if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Decisions name it: it is retired instead."""
        return False

    @admin.display(description=_("reason"), ordering="position")
    def title(self, reason: Reason) -> str:
        return reason.title

    @admin.display(description=_("languages"))
    def languages(self, reason: Reason) -> SafeString:
        return languages_shown(reason.loaded_texts, reason.source_language)  # type: ignore[attr-defined]
