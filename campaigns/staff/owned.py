"""Pages of what belongs to a campaign or to a shared story."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from petitions.admin.languages import LanguagesAdmin, TextFormSet, TextInline, languages_shown
from petitions.loading import loaded

from ..models import CallScript, Campaign, Letter, WordedContent
from ..rules.placeholders import MEANINGS


def shown_in(obj: Letter | CallScript) -> Campaign | None:
    """A campaign in which the public finds it."""
    return obj.campaigns().filter(pk__in=Campaign.objects.visible()).first() if obj.loaded_texts else None


class OwnedTextFormSet(TextFormSet):
    @property
    def is_in_any(self) -> bool:  # type: ignore[override]
        return self.instance.own_takes_the_place

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
        return super().get_queryset(request).prefetch_related(loaded("texts"))

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        context = {"placeholders": MEANINGS} | (extra_context or {})
        return super().changeform_view(request, object_id, form_url, context)

    def response_post_save_add(self, request: HttpRequest, obj: WordedContent) -> HttpResponseRedirect:
        return self._back_to_owner(obj)

    def response_post_save_change(self, request: HttpRequest, obj: WordedContent) -> HttpResponseRedirect:
        return self._back_to_owner(obj)

    def _back_to_owner(self, obj: WordedContent) -> HttpResponseRedirect:
        return redirect(f"admin:campaigns_{obj.owner._meta.model_name}_change", obj.owner.pk)

    @admin.display(description=_("belongs to"))
    def owner(self, obj: WordedContent) -> str:
        return str(obj.owner)

    @admin.display(description=_("languages"))
    def languages(self, obj: WordedContent) -> SafeString:
        return languages_shown(obj.loaded_texts, obj.owner.source_language, in_any=obj.own_takes_the_place)
