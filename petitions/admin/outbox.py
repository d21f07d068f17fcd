"""The outbox: what waits, what failed and why. It holds no address and no words."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ..mail.outbox import queue_state, send_again
from ..models import OutboxMail
from .keyset import KeyPagedAdmin
from .outcomes import left_alone, tell


class MailStateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return list(OutboxMail.State.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet[OutboxMail]) -> QuerySet[OutboxMail]:
        return queryset.filter(state=self.value()) if self.value() in OutboxMail.State.values else queryset


@admin.register(OutboxMail)
class OutboxMailAdmin(KeyPagedAdmin):
    list_display = ("kind", "about", "state", "due_at", "attempts", "last_error")
    list_display_links = None
    list_filter = (MailStateFilter,)
    actions = ("send_again",)

    def has_send_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("petitions.change_outboxmail")

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"title": self._summary()} | (extra_context or {}))

    def _summary(self) -> str:
        state = queue_state()
        waiting = ngettext("%(count)s mail waits", "%(count)s mails wait", state.waiting) % {"count": state.waiting}
        failed = gettext("%(count)s failed in the last seven days") % {"count": state.failed}
        if not state.oldest_due:
            return f"{gettext('Outbox')}: {waiting}, {failed}"
        oldest = gettext("the oldest since %(age)s") % {"age": timesince(state.oldest_due, depth=1)}
        return f"{gettext('Outbox')}: {waiting}, {oldest}, {failed}"

    @admin.action(description=_("Send again"), permissions=["send"])
    def send_again(self, request: HttpRequest, queryset: QuerySet[OutboxMail]) -> None:
        assert request.user.is_authenticated
        chosen = queryset.count()
        done = send_again(queryset, request.user)
        message = ngettext("%(count)s mail will be tried again.", "%(count)s mails will be tried again.", done)
        reason = gettext("Only failed mails can be sent again.")
        tell(request, message % {"count": done} if done else "", left_alone(chosen - done, reason))

    @admin.display(description=_("for"))
    def about(self, mail: OutboxMail) -> SafeString:
        """By its number: who may see addresses finds them there."""
        for name in ("signature", "comment", "follower"):
            if key := getattr(mail, f"{name}_id"):
                label = OutboxMail._meta.get_field(name).related_model._meta.verbose_name  # type: ignore[union-attr]
                url = reverse(f"admin:petitions_{name}_change", args=[key])
                return format_html('<a href="{}">{} {}</a>', url, label, str(key))
        return SafeString("–")
