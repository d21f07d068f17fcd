"""What language a comment is written in: shown with how sure that is, and corrected by a moderator."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from .. import moderation
from ..languages import LONGEST_TAG, language_name, reader_language
from ..models import Comment
from .languages import LIST_ID, known_languages


class WrittenInAdmin(admin.ModelAdmin):
    change_form_template = "admin/petitions/comment.html"

    def get_urls(self) -> list[URLPattern]:
        correct = self.admin_site.admin_view(require_POST(self.correct_language))
        return [path("<int:key>/language/", correct, name="petitions_comment_language"), *super().get_urls()]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        context = {
            "moderates": request.user.has_perm("petitions.moderate_comment"),
            "languages": known_languages(reader_language()),
            "languages_id": LIST_ID,
            "longest_language": 2 * LONGEST_TAG,
        }
        return super().changeform_view(request, object_id, form_url, context | (extra_context or {}))

    def correct_language(self, request: HttpRequest, key: int) -> HttpResponse:
        if not request.user.has_perm("petitions.moderate_comment"):
            raise PermissionDenied
        assert request.user.is_authenticated
        comment = get_object_or_404(self.get_queryset(request), pk=key)
        try:
            tag = moderation.correct_language(comment, request.POST.get("written_in", ""), request.user)
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            name = language_name(tag, reader_language()) if tag else gettext("unsure")
            messages.success(request, gettext("The comment’s language: %(language)s.") % {"language": name})
        return redirect("admin:petitions_comment_change", key)

    @admin.display(description=_("written in"))
    def written_in_shown(self, comment: Comment) -> str:
        if comment.written_in_confidence is None:
            return gettext("Nobody has looked yet.")
        name = comment.written_in_name or gettext("unsure")
        sure = gettext("%(percent)s%% sure, by %(what)s") % {
            "percent": comment.written_in_confidence,
            "what": comment.get_written_in_source_display(),
        }
        return f"{name} ({sure})"
