"""Pages of what belongs to a campaign or to a shared story."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from petitions.admin.languages import LanguagesAdmin, TextFormSet, TextInline, languages_shown

from ..models import CallScript, Campaign, Evidence, Letter, Media, Update
from ..placeholders import MEANINGS

Owned = Letter | CallScript | Media | Evidence | Update


def shown_in(obj: Letter | CallScript) -> Campaign | None:
    """A campaign in which the public finds it; a campaign with some of its own does not offer its story's."""
    if not obj.texts.all():
        return None
    visible = Campaign.objects.visible()
    if obj.campaign_id:
        return visible.filter(pk=obj.campaign_id).first()
    own = type(obj)._default_manager.filter(campaign=OuterRef("pk"), texts__isnull=False)
    return visible.filter(~Exists(own), story=obj.story_id).first()


class OwnedTextFormSet(TextFormSet):
    @property
    def source_language(self) -> str:
        owner = self.instance.campaign or self.instance.story
        return owner.source_language if owner else ""


class OwnedTextInline(TextInline):
    formset = OwnedTextFormSet


class OwnedAdmin(LanguagesAdmin):
    """Lists say whose it is and in which languages; saving leads back to the owner's page."""

    list_select_related = ("campaign", "story")
    list_filter: ClassVar[tuple[Any, ...]] = (("story", admin.RelatedOnlyFieldListFilter),)
    autocomplete_fields = ("campaign", "story")
    owner_fieldset: tuple[Any, Any] = (
        _("Where it stands"),
        {
            "fields": ("campaign", "story", "position"),
            "description": _("Choose one campaign, or a shared story to show it in all campaigns of that story."),
        },
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).prefetch_related("texts")

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        context = {"placeholders": MEANINGS} | (extra_context or {})
        return super().changeform_view(request, object_id, form_url, context)

    def response_post_save_add(self, request: HttpRequest, obj: Owned) -> HttpResponseRedirect:
        return self._back_to_owner(obj)

    def response_post_save_change(self, request: HttpRequest, obj: Owned) -> HttpResponseRedirect:
        return self._back_to_owner(obj)

    def _back_to_owner(self, obj: Owned) -> HttpResponseRedirect:
        return redirect(f"admin:campaigns_{obj.owner._meta.model_name}_change", obj.owner.pk)

    @admin.display(description=_("belongs to"))
    def owner(self, obj: Owned) -> str:
        return str(obj.owner)

    @admin.display(description=_("languages"))
    def languages(self, obj: Owned) -> SafeString:
        return languages_shown(obj.texts.all(), obj.owner.source_language)
