"""What is said after saving: one message, and a warning where something is still to be looked at."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.html import format_html

REMARKS = "_remarks_on_saving"


class SavedAdmin(admin.ModelAdmin):
    def remark(self, request: HttpRequest, words: Any, level: int = messages.WARNING) -> None:
        """Said in the message that tells of the saving, which takes the gravest level of its remarks."""
        setattr(request, REMARKS, [*getattr(request, REMARKS, ()), (level, words)])

    def message_user(
        self, request: HttpRequest, message: Any, level: Any = messages.INFO, *args: Any, **kw: Any
    ) -> None:
        for remarked, words in getattr(request, REMARKS, ()):
            message, level = format_html("{} {}", message, words), max(level, remarked)
        setattr(request, REMARKS, [])
        super().message_user(request, message, level, *args, **kw)
