"""Updates, and the page on which one is sent by mail."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from petitions.admin.zones import ZonedAdmin, by_the_clock_of
from petitions.models import Mailing

from ..models import Update, UpdateText
from ..staff.change_pages import ChangePageAdmin
from ..staff.owned import OwnedAdmin, OwnedTextInline
from . import views
from .preparing import about


def zone_of_update(update: Update) -> str | None:
    """None where it is of a shared story: its campaigns lie in many zones."""
    return update.campaign.asked_city.time_zone if update.campaign else None


class UpdateTextInline(OwnedTextInline):
    model = UpdateText


@admin.register(Update)
class UpdateAdmin(ZonedAdmin, ChangePageAdmin, OwnedAdmin):
    change_form_template = "admin/campaigns/update_change_form.html"
    inlines = [UpdateTextInline]
    list_select_related = ("campaign__asked_city", "story")
    list_display = ("title", "published", "owner", "languages")
    search_fields = ("texts__title",)
    search_help_text = _("Words of the title.")
    fieldsets = (
        (None, {"fields": ("published_at", "changes_story")}),
        (OwnedAdmin.owner_fieldset[0], OwnedAdmin.owner_fieldset[1] | {"fields": ("campaign", "story")}),
    )

    @admin.display(description=_("update"))
    def title(self, update: Update) -> str:
        return next((text.title for text in update.loaded_texts), "") or str(update)

    @admin.display(description=_("published"), ordering="published_at")
    def published(self, update: Update) -> SafeString | str:
        return by_the_clock_of(zone_of_update(update), update.published_at)

    def zone_of(self, key: int) -> str | None:
        update = Update.objects.filter(pk=key).select_related("campaign__asked_city").first()
        return zone_of_update(update) if update else None

    def has_delete_permission(self, request: HttpRequest, obj: Update | None = None) -> bool:
        """With its page the button would be gone that stops its mails."""
        is_mailed = (
            obj is not None and Mailing.objects.of(about(obj)).live().exclude(state=Mailing.State.DRAFT).exists()
        )
        return not is_mailed and super().has_delete_permission(request, obj)

    def get_urls(self) -> list[URLPattern]:
        own = [
            path("<str:key>/mail/", self.admin_site.admin_view(self.mail), name="campaigns_update_mail"),
            path(
                "<str:key>/mail/<str:language>/",
                self.admin_site.admin_view(self.mail_preview),
                name="campaigns_update_mail_preview",
            ),
        ]
        return own + super().get_urls()

    def page_context(self, request: HttpRequest, row: Update) -> dict[str, Any]:
        if not request.user.has_perm("petitions.send_mailing"):
            return {}
        return {"mail_url": reverse("admin:campaigns_update_mail", args=[row.pk])}

    def mail(self, request: HttpRequest, key: str) -> HttpResponse:
        return self.in_zone(key, views.mail, request, key, self.admin_site.each_context(request))

    def mail_preview(self, request: HttpRequest, key: str, language: str) -> HttpResponse:
        return views.preview(request, key, language)
