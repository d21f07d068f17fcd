"""What stood out among signatures, each in one sentence, with the way to look at them."""

from urllib.parse import urlencode

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..models import TrendFinding
from .filters import PetitionFilter
from .invalidations import WhoMayInvalidate


@admin.register(TrendFinding)
class TrendFindingAdmin(WhoMayInvalidate):
    list_display = ("what", "petition", "found_at", "look")
    list_display_links = None
    list_select_related = ("petition",)
    list_filter = (PetitionFilter,)

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        title = gettext("What stands out, against each petition’s own last week. Hints, no verdicts.")
        return super().changelist_view(request, {"title": title} | (extra_context or {}))

    @admin.display(description=_("finding"))
    def what(self, finding: TrendFinding) -> str:
        return finding.sentence

    @admin.display(description=_("next"))
    def look(self, finding: TrendFinding) -> SafeString:
        url = f"{reverse('admin:petitions_invalidation_add')}?{urlencode(finding.criteria)}"
        return format_html('<a href="{}">{}</a>', url, gettext("Look at these signatures"))
