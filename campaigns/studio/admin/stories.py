"""Stories shared by many campaigns."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from petitions.admin.languages import WRITES_LANGUAGES, TextInline, languages_shown
from petitions.admin.words import Row
from petitions.loading import loaded

from ...models import CampaignText, Post, Story
from ...rules.networks import meant_for
from ...rules.placeholders import MEANINGS
from ...staff.change_pages import ChangePageAdmin
from .contents import kinds_of


class StoryTextInline(TextInline):
    model = CampaignText
    exclude = ("campaign",)


class PostInline(Row):
    model = Post
    fields = ("language", "network", "text", "lengths", "position")
    readonly_fields = ("lengths",)
    formfield_overrides = WRITES_LANGUAGES | {
        models.TextField: {"widget": forms.Textarea(attrs={"rows": 3, "cols": 50, "dir": "auto"})}
    }
    extra = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet[Post]:
        cities = ("campaign__asked_city", "campaign__other_city")
        names = [loaded(f"{city}__names") for city in cities]
        return super().get_queryset(request).select_related(*cities).prefetch_related(*names)

    @admin.display(description=_("length as saved"), empty_value="")
    def lengths(self, post: Post) -> str:
        """Where length is scarce, and on the one network it is meant for."""
        text = post.text_as_known() if post.pk else ""
        networks = meant_for(post.network)
        shown = [each for each in networks if each.limit and (each.is_tight or len(networks) == 1)] if text else []
        return "\n".join(
            gettext("%(length)s of %(limit)s on %(network)s")
            % {"length": each.length_of(text), "limit": each.limit, "network": each.name}
            for each in shown
        )


class OwnerAdmin(ChangePageAdmin):
    """A page that shows all that belongs to it."""

    change_form_template = "admin/campaigns/owner_change_form.html"
    save_on_top = True

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        context = {"placeholders": MEANINGS} | (extra_context or {})
        return super().changeform_view(request, object_id, form_url, context)

    def page_context(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        return {"kinds": kinds_of(row)}


@admin.register(Story)
class StoryAdmin(OwnerAdmin):
    inlines = [StoryTextInline, PostInline]
    list_display = ("name", "city", "languages", "used_by")
    list_select_related = ("city",)
    autocomplete_fields = ("city",)
    search_fields = ("name", "city__slug")
    search_help_text = _("Words of the name, or the city.")
    fieldsets = ((None, {"fields": ("name", "city", "source_language")}),)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Story]:
        counted = super().get_queryset(request).annotate(campaign_count=models.Count("campaigns"))
        return counted.prefetch_related(loaded("texts"))

    @admin.display(description=_("languages"))
    def languages(self, story: Story) -> SafeString:
        return languages_shown(story.loaded_texts, story.source_language)

    @admin.display(description=_("campaigns"), ordering="campaign_count")
    def used_by(self, story: Any) -> int:
        return story.campaign_count
