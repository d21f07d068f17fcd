"""Rows with addresses: whoever looks at them leaves a line in the log, which itself holds no address."""

from typing import Any

from django.contrib.admin.views.main import SEARCH_VAR
from django.http import HttpRequest, HttpResponse

from ..models.staff import act_by
from .keyset import KeyPagedAdmin

# The number of a list, whose rows have many.
MANY = 0
# No act on the row: it changes nothing.
READ = "read address"
SHOWN = 200


class AddressReadsAdmin(KeyPagedAdmin):
    """Only what was shown counts: a redirect or a refusal shows nothing."""

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        response = super().changelist_view(request, extra_context)
        if response.status_code == SHOWN:
            self._log_list(request, response)
        return response

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        response = super().changeform_view(request, object_id, form_url, extra_context)
        if response.status_code == SHOWN:
            # Not the key in the address of the page, which has many spellings.
            shown = response.context_data["original"]  # type: ignore[attr-defined]
            act_by(request.user, READ, shown).save()  # type: ignore[arg-type]
        return response

    def _log_list(self, request: HttpRequest, response: HttpResponse) -> None:
        shown = getattr(response, "context_data", {}).get("cl")
        term = request.GET.get(SEARCH_VAR, "").strip()
        verb = "search by address" if "@" in term else "list addresses"
        if shown:
            keys = [row.pk for row in shown.result_list]
            note = f"{len(keys)} shown" + (f", numbers {keys[-1]} to {keys[0]}" if keys else "")
        else:
            # The page that asks for a reason shows the chosen rows.
            note = "chosen for an act"
        act_by(request.user, verb, self.model(pk=MANY), note).save()  # type: ignore[arg-type]
