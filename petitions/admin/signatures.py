"""Signatures: looked up, and taken out of the count with a reason."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from .. import moderation
from ..addresses import canonical_address
from ..keyset import parsed_key
from ..models import Signature
from ..models.signatures import SignatureQuerySet
from ..words_field import WordsField
from .address_reads import AddressReadsAdmin
from .filters import PetitionFilter
from .seen import SeenAdmin


class ReasonForm(forms.Form):
    public_reason = forms.ChoiceField(
        label=_("Public reason"),
        choices=[("", _("Please choose")), *Signature.InvalidatedFor.choices],
        help_text=_("Counted on the petition’s page “How we count”, without a name."),
    )
    reason = WordsField(
        label=_("Reason"), max_length=300, help_text=_("Kept in the log of staff acts; signers do not see it.")
    )


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        """Held ones have a filter of their own, with their reasons."""
        return [choice for choice in Signature.State.choices if choice[0] != Signature.State.HELD]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Signature]) -> QuerySet[Signature]:
        return queryset.filter(state=self.value()) if self.value() else queryset


class ReviewFilter(admin.SimpleListFilter):
    title = _("review")
    parameter_name = "review"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [("marked", _("marked for review"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Signature]) -> QuerySet[Signature]:
        return cast(SignatureQuerySet, queryset).marked_for_review() if self.value() == "marked" else queryset


class HeldFilter(admin.SimpleListFilter):
    """Not counted until somebody decides; `by-12` are those that entry 12 of the lists holds."""

    title = _("held")
    parameter_name = "held"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [("any", _("held, for any reason")), *Signature.HeldReason.choices]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Signature]) -> QuerySet[Signature]:
        chosen = self.value()
        if not chosen:
            return queryset
        held = cast(SignatureQuerySet, queryset).held()
        if chosen == "any":
            return held
        if chosen in Signature.HeldReason.values:
            return held.filter(held_reason=chosen)
        entry = parsed_key(chosen.removeprefix("by-"))
        return held.filter(held_by=entry) if entry else held.none()


@admin.register(Signature)
class SignatureAdmin(AddressReadsAdmin, SeenAdmin):
    list_display = ("name", "state", "place", "petition", "signed_at", "held_reason", "review_reason", "email")
    list_filter = (HeldFilter, ReviewFilter, StateFilter, PetitionFilter)
    list_select_related = ("petition",)
    search_fields = ("canonical_email",)
    search_help_text = _("A whole e-mail address, or the number of a signature.")
    actions = ("release", "invalidate", "restore", "pass_review")
    fieldsets = (
        (None, {"fields": ("number", "petition", "name", "handed_over", "email", "country", "city", "language")}),
        (_("The signer's wishes"), {"fields": ("visibility", "shown_name", "wants_updates", "mails_stopped_at")}),
        (_("State"), {"fields": ("state", "invalidated_for", "held_reason", "review_reason")}),
        (_("Dates"), {"fields": ("signed_at", "confirmed_at", "withdrawn_at", "invalidated_at")}),
        (_("What was signed"), {"fields": ("signed_title", "signed_body", "signed_consent")}),
    )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Signature], search_term: str
    ) -> tuple[QuerySet[Signature], bool]:
        term = search_term.strip().lstrip("#")
        if not term:
            return queryset, False
        if key := parsed_key(term):
            return queryset.filter(pk=key), False
        return queryset.filter(canonical_email=canonical_address(term)), False

    def has_invalidate_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("petitions.invalidate_signature")

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"title": gettext("Signatures")} | (extra_context or {}))

    @admin.action(description=_("Release held ones: they count"), permissions=["invalidate"])
    def release(self, request: HttpRequest, queryset: QuerySet[Signature]) -> None:
        assert request.user.is_authenticated
        seen = self.seen(request)
        done = moderation.release(seen, request.user)
        message = ngettext("%(count)s signature released.", "%(count)s signatures released.", len(done))
        self.answer(request, message % {"count": len(done)}, seen, done)

    @admin.action(description=_("Invalidate, with a reason"), permissions=["invalidate"])
    def invalidate(self, request: HttpRequest, queryset: QuerySet[Signature]) -> HttpResponse | None:
        """Asked twice: the first time shows the page that asks for the reason."""
        form = ReasonForm(request.POST if "reason" in request.POST else None)
        if form.is_valid():
            assert request.user.is_authenticated
            seen = self.seen(request)
            public_reason = Signature.InvalidatedFor(form.cleaned_data["public_reason"])
            done = moderation.invalidate(seen, request.user, form.cleaned_data["reason"], public_reason)
            message = ngettext("%(count)s signature invalidated.", "%(count)s signatures invalidated.", len(done))
            self.answer(request, message % {"count": len(done)}, seen, done)
            return None
        context = self.admin_site.each_context(request) | {
            "title": gettext("Invalidate signatures"),
            "opts": self.opts,
            "form": form,
            "signatures": queryset,
            "checkbox_name": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/petitions/invalidate.html", context)

    @admin.action(description=_("Restore invalidated ones"), permissions=["invalidate"])
    def restore(self, request: HttpRequest, queryset: QuerySet[Signature]) -> None:
        assert request.user.is_authenticated
        seen = self.seen(request)
        done = moderation.restore_signatures(seen, request.user)
        message = ngettext("%(count)s signature restored.", "%(count)s signatures restored.", len(done))
        self.answer(request, message % {"count": len(done)}, seen, done)

    @admin.action(description=_("Review passed: take the mark away"), permissions=["invalidate"])
    def pass_review(self, request: HttpRequest, queryset: QuerySet[Signature]) -> None:
        assert request.user.is_authenticated
        seen = self.seen(request)
        done = moderation.pass_review(seen, request.user)
        message = ngettext("%(count)s mark taken away.", "%(count)s marks taken away.", len(done))
        self.answer(request, message % {"count": len(done)}, seen, done)

    @admin.display(description=_("number"))
    def number(self, signature: Signature) -> str:
        """Without separators, as the search takes it."""
        return str(signature.pk)

    @admin.display(description=_("place"))
    def place(self, signature: Signature) -> str:
        return f"{signature.city}, {signature.country}"

    @admin.display(description=_("handed over as"))
    def handed_over(self, signature: Signature) -> str:
        return signature.handed_over_name or "–"

    @admin.display(description=_("title"))
    def signed_title(self, signature: Signature) -> str:
        return signature.signed_text.title

    @admin.display(description=_("text"))
    def signed_body(self, signature: Signature) -> SafeString:
        text = signature.signed_text
        return format_html('<div class="signed-text" lang="{}" dir="auto">{}</div>', text.language, text.body)

    @admin.display(description=_("consent"))
    def signed_consent(self, signature: Signature) -> str:
        return signature.signed_text.consent
