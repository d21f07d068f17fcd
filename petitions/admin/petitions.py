"""Petitions and their texts."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from .. import lifecycle
from ..counting import exact_count
from ..languages import reader_language
from ..links import petition_page
from ..loading import loaded
from ..models import Petition, PetitionText
from .languages import LanguagesAdmin, TextInline, languages_shown
from .phases import petition_now
from .steps import StepAdmin, StepForm
from .titles import title_of
from .totals import with_total


class PetitionForm(StepForm):
    steps = lifecycle.STEPS

    def clean_closes_at(self) -> datetime | None:
        """The worker closes a petition at this time, and half a year after it names are forgotten for good."""
        closes_at = self.cleaned_data["closes_at"]
        if closes_at and "closes_at" in self.changed_data and closes_at <= timezone.now():
            raise ValidationError(_("Choose a time that is still to come."))
        return closes_at


class PetitionTextInline(TextInline):
    model = PetitionText


@admin.register(Petition)
class PetitionAdmin(StepAdmin, LanguagesAdmin):
    form = PetitionForm
    inlines = [PetitionTextInline]
    list_display = ("title", "phase", "signatures", "goal", "languages", "opened_at", "closes_at")
    list_filter = ("status",)
    search_fields = ("slug", "texts__title")
    search_help_text = _("Words of the title, or the address.")
    save_on_top = True
    fieldsets = (
        (None, {"fields": ("slug", "goal", "source_language", "trusts_after")}),
        (
            _("Status and dates"),
            {
                "fields": ("status", "opened_at", "closes_at", "closed_at", "signatures_now"),
                "description": _(
                    "Choose a status and save: the time is filled in. Each signature keeps the text that was signed, "
                    "so a text may be corrected later."
                ),
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Petition]:
        return with_total(super().get_queryset(request), "pk").prefetch_related(loaded("texts"))

    def get_readonly_fields(self, request: HttpRequest, obj: Petition | None = None) -> tuple[str, ...]:
        fields = ["signatures_now", "closed_at"]
        if obj and obj.opened_at:
            # Links in mails and on other sites hold the address of an opened petition.
            fields.append("slug")
            if obj.opened_at <= timezone.now():
                fields.append("opened_at")
        return tuple(fields)

    def has_delete_permission(self, request: HttpRequest, obj: Petition | None = None) -> bool:
        """Only one by one, and only what was never opened: its signatures would go too."""
        return obj is not None and obj.opened_at is None and super().has_delete_permission(request, obj)

    def view_on_site(self, obj: Petition) -> str | None:
        return None if obj.status == Petition.Status.DRAFT else petition_page(obj, reader_language())

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Petition], search_term: str
    ) -> tuple[QuerySet[Petition], bool]:
        return super().get_search_results(request, queryset, search_term.strip())

    def status_now(self, row: Petition) -> str:
        return petition_now(row)

    @admin.display(description=_("status"), ordering="status")
    def phase(self, petition: Petition) -> str:
        return str(petition.phase.label)

    @admin.display(description=_("petition"))
    def title(self, petition: Petition) -> str:
        return title_of(petition)

    @admin.display(description=_("signatures"), ordering="total")
    def signatures(self, petition: Any) -> str:
        return number_format(petition.total)

    @admin.display(description=_("signatures now"))
    def signatures_now(self, petition: Petition) -> str:
        return number_format(exact_count(petition)) if petition.pk else "–"

    @admin.display(description=_("languages"))
    def languages(self, petition: Petition) -> SafeString:
        return languages_shown(petition.loaded_texts, petition.source_language)
