"""Change pages that show more of a row than its form: what is missing, what belongs to it."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from petitions.admin.languages import LanguagesAdmin


class ChangePageAdmin(LanguagesAdmin):
    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        context: dict[str, Any] = {}
        row = self.get_object(request, object_id) if object_id else None
        if row and self.has_view_or_change_permission(request, row):
            context = self.page_context(request, row)
        return super().changeform_view(request, object_id, form_url, context | (extra_context or {}))

    def page_context(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        """What the page of this row shows besides its form."""
        raise NotImplementedError
