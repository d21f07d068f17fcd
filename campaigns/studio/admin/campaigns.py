"""Campaigns: everything about one on one page, in all its languages."""

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext, override
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from petitions.admin.languages import TextInline, languages_shown
from petitions.admin.outcomes import NAMED_AT_MOST, left_alone, tell
from petitions.admin.steps import StepAdmin, StepForm
from petitions.admin.totals import with_total
from petitions.admin.words import Row
from petitions.admin.zones import ZonedAdmin, by_the_clock_of
from petitions.loading import loaded

from ...deeds.counting import totals
from ...models import Campaign, CampaignTarget, CampaignText, Target, TargetText
from ...reading.loading import TARGET_TEXT_FIELDS, rows_as_json
from ...staff.filters import CountryFilter
from ...staff.problems import page_of
from ...staff.search import found, places_of_campaign
from ..checklist import missing
from ..petition_draft import write_petitions
from ..phases import campaign_now, is_held_up
from ..publishing import STEPS, close_left_petition, settle_page
from ..zones import zone_of_campaign
from .stories import OwnerAdmin, PostInline


class CampaignForm(StepForm):
    steps = STEPS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if slug := self.fields.get("slug"):
            slug.required = False
            slug.help_text = _("The last part of its web address. Leave it empty to make it from the two cities.")

    def clean_published_at(self) -> datetime | None:
        """Its address is out in the world: that it was published is not taken back by emptying a field."""
        return self.cleaned_data["published_at"] or self.instance.published_at

    def clean_closed_at(self) -> datetime | None:
        """An older page does not empty what somebody else's closing has filled in."""
        return self.cleaned_data["closed_at"] or self.instance.closed_at

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        asked, other = data.get("asked_city"), data.get("other_city")
        if "slug" in self.fields and not data.get("slug"):
            if asked and other:
                data["slug"] = f"{asked.slug}-{other.slug}"[:80]
            elif "slug" not in self.errors:
                self.add_error("slug", _("Write an address, or choose both cities."))
        return data


class CampaignTextInline(TextInline):
    model = CampaignText
    exclude = ("story",)


class TargetChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        """The office comes with its target: every row asks for its choice anew."""
        obj.loaded_texts = [TargetText(**office) for office in obj.offices]
        return str(obj)


class CampaignTargetInline(Row):
    model = CampaignTarget
    fields = ("target", "role", "position")
    autocomplete_fields = ("target",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[CampaignTarget]:
        rows = super().get_queryset(request).select_related("target__city")
        return rows.prefetch_related(loaded("target__texts"))

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "target":
            offices = rows_as_json(TargetText, "target_id", "pk", TARGET_TEXT_FIELDS)
            kwargs["queryset"] = Target.objects.select_related("city").annotate(offices=offices)
            kwargs["form_class"] = TargetChoice
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_extra(self, request: HttpRequest, obj: Campaign | None = None, **kwargs: Any) -> int:
        return 0 if obj else 1


class AskedCountryFilter(CountryFilter):
    title = _("asked country")
    field = "asked_city__country"


@admin.register(Campaign)
class CampaignAdmin(ZonedAdmin, StepAdmin, OwnerAdmin):
    form = CampaignForm
    inlines = [CampaignTextInline, CampaignTargetInline, PostInline]
    list_display = ("pair", "phase", "languages", "signatures", "published")
    list_filter = ("status", AskedCountryFilter)
    list_select_related = ("asked_city", "other_city", "petition", "story")
    # Only that there is a box: `get_search_results` looks.
    search_fields = ("slug",)
    search_help_text = _("Either city in any language, a mayor, or the address.")
    autocomplete_fields = ("asked_city", "other_city", "petition", "story")
    actions = ("write_petition_texts",)
    fieldsets = (
        (_("The two cities"), {"fields": ("asked_city", "other_city", "twinned_in")}),
        (
            _("The petition"),
            {
                "fields": ("petition", "asked_city_goal"),
                "description": _("Write the petition first, or add it here with the plus sign."),
            },
        ),
        (_("The story"), {"fields": ("story", "source_language")}),
        (
            _("Status and dates"),
            {
                "fields": ("slug", "status", "published_at", "closed_at", "is_demo"),
                "description": _("Choose a status and save: the time is filled in."),
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Campaign]:
        campaigns = super().get_queryset(request).select_related(*self.list_select_related)
        return with_total(campaigns, "petition_id").prefetch_related(
            *(loaded(name) for name in ("texts", "story__texts"))
        )

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        return found(queryset, search_term, places_of_campaign), False

    def get_readonly_fields(self, request: HttpRequest, obj: Campaign | None = None) -> tuple[str, ...]:
        # Links in mails and on other sites hold the address of a published campaign.
        return ("slug",) if obj and obj.published_at else ()

    def has_delete_permission(self, request: HttpRequest, obj: Campaign | None = None) -> bool:
        """Only one by one, and only what was never published."""
        return obj is not None and obj.published_at is None and super().has_delete_permission(request, obj)

    def view_on_site(self, obj: Campaign) -> str:
        return f"{obj.get_absolute_url()}?preview"

    def page_context(self, request: HttpRequest, row: Campaign) -> dict[str, Any]:
        previews = []
        for language, name in settings.LANGUAGES:
            with override(language):
                previews.append({"language": language, "name": name, "url": self.view_on_site(row)})
        found = {"missing": missing(row), "previews": previews, "cities": [row.asked_city, row.other_city]}
        if request.user.has_perm("campaigns.view_deedcount"):
            found["acts"] = totals(row)
        return super().page_context(request, row) | found

    def save_model(self, request: HttpRequest, obj: Campaign, form: forms.ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        settle_page(obj, old_slug=form.initial.get("slug", ""))

    def zone_of(self, key: int) -> str | None:
        return zone_of_campaign(key)

    def status_now(self, row: Campaign) -> str:
        return campaign_now(row)

    def is_held_up(self, row: Campaign) -> bool:
        return is_held_up(row)

    def get_urls(self) -> list[Any]:
        path_to_mend = path(
            "<int:pk>/close-petition/",
            self.admin_site.admin_view(require_POST(self.close_petition)),
            name="campaigns_campaign_close_petition",
        )
        return [path_to_mend, *super().get_urls()]

    def close_petition(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What the page of a closed campaign offers where its petition was left open."""
        campaign = get_object_or_404(Campaign.objects.select_related("petition"), pk=pk)
        if not self.has_change_permission(request, campaign):
            raise PermissionDenied
        level, words = self.take_step(request, close_left_petition, campaign)
        messages.add_message(request, level, words)
        return redirect(page_of(campaign))

    @admin.display(description=_("status"), ordering="status")
    def phase(self, campaign: Campaign) -> str:
        return str(campaign.phase.label)

    @admin.action(description=_("Write the petition's texts from the story"), permissions=["change"])
    def write_petition_texts(self, request: HttpRequest, queryset: QuerySet[Campaign]) -> None:
        texts = write_petitions(Campaign.objects.filter(pk__in=queryset.values("pk")))
        written = {campaign: languages for campaign, languages in texts.items() if languages}
        count = sum(map(len, written.values()))
        words = ngettext(
            "%(count)s text written (%(languages)s). Read it before the petition opens.",
            "%(count)s texts written (%(languages)s). Read them before the petition opens.",
            count,
        ) % {"count": number_format(count), "languages": ", ".join(sorted(set().union(*written.values())))}
        left = [campaign for campaign in texts if campaign not in written]
        reason = gettext("A text needs a headline, a summary and the decider's office in its language.")
        named = [format_html('<a href="{}">{}</a>', page_of(each), each) for each in left[:NAMED_AT_MOST]]
        tell(request, words if written else "", left_alone(len(left), reason), named)

    @admin.display(description=_("published"), ordering="published_at")
    def published(self, campaign: Campaign) -> SafeString | str:
        return by_the_clock_of(campaign.asked_city.time_zone, campaign.published_at)

    @admin.display(description=_("asked city – sister city"), ordering="slug")
    def pair(self, campaign: Campaign) -> SafeString:
        return format_html(
            '<span class="asked">{}</span> – <span class="other">{}</span>', campaign.asked_city, campaign.other_city
        )

    @admin.display(description=_("languages"))
    def languages(self, campaign: Campaign) -> SafeString:
        """The campaign's own headlines, then those that its story adds."""
        own = [text for text in campaign.loaded_texts if text.headline]
        if not campaign.story:
            return languages_shown(own, campaign.source_language)
        known = {text.language for text in own}
        shared = [text for text in campaign.story.loaded_texts if text.headline and text.language not in known]
        parts = [languages_shown(own, campaign.source_language)] if own else []
        parts += [languages_shown(shared, campaign.story.source_language)] if shared else []
        return SafeString(" ".join(parts)) or SafeString("–")

    @admin.display(description=_("signatures"), ordering="total")
    def signatures(self, campaign: Any) -> str:
        return number_format(campaign.total)
