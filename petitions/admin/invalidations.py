"""Invalidations: previewed, asked for, agreed to, watched and undone. Each page answers in one sentence first."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ..integrity import invalidations as verbs
from ..integrity import objections
from ..integrity.criteria import CROWD, HASTY, NAMESAKES, preview
from ..integrity.invalidations import ALONE_AT_MOST, InvalidationRefusedError
from ..keyset import parsed_key
from ..models import InvalidatedSignature, Invalidation, Objection
from ..models.invalidations import CRITERIA
from .filters import PetitionFilter
from .invalidation_form import ASK, InvalidationForm, described
from .keyset import KeyPagedAdmin
from .outcomes import left_alone, tell

S = Invalidation.State
STEPS = {"agree": verbs.agree, "cancel": verbs.cancel, "undo": verbs.undo}


class WhoMayInvalidate(KeyPagedAdmin):
    """One right for all that takes signatures out or brings them back."""

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return request.user.has_perm("petitions.invalidate_signature")

    def has_invalidate_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)


@admin.register(Invalidation)
class InvalidationAdmin(WhoMayInvalidate):
    list_display = ("meaning", "petition", "state", "progress", "created_by", "created_at")
    list_display_links = ("meaning",)
    list_select_related = ("petition", "created_by")
    list_filter = (PetitionFilter,)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"title": gettext("Invalidations")} | (extra_context or {}))

    @admin.display(description=_("signatures"))
    def meaning(self, asked: Invalidation) -> str:
        return described(asked)

    @admin.display(description=_("taken out"))
    def progress(self, asked: Invalidation) -> str:
        numbers = {"taken": number_format(asked.taken_count), "expected": number_format(asked.expected_count)}
        return gettext("%(taken)s of %(expected)s") % numbers

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        assert request.user.is_authenticated
        # What a finding links to comes in the address, and is previewed at once.
        named = request.GET if request.GET.keys() & set(CRITERIA) else None
        form = InvalidationForm(request.POST if request.method == "POST" else named)
        status = 200
        if form.is_bound and not form.is_valid():
            status = 422
        elif request.method == "POST" and ASK in request.POST:
            if asked := self._asked(request, form, request.user):
                return redirect("admin:petitions_invalidation_change", asked.pk)
            status = 409
        context = self.admin_site.each_context(request) | {
            "title": gettext("Invalidate many signatures"),
            "opts": self.opts,
            "form": form,
            "rule": {"seconds": int(HASTY.total_seconds()), "crowd": CROWD, "namesakes": NAMESAKES},
            "alone_at_most": ALONE_AT_MOST,
        }
        if form.is_bound and form.is_valid():
            chosen = form.looked_at()
            found = preview(chosen)
            context |= {
                "preview": found,
                "meaning": described(chosen),
                "seal": form.seal_of(chosen),
                "below": chosen.below,
                "needs_second_person": verbs.needs_second_person(found.count),
            }
        return TemplateResponse(request, "admin/petitions/new_invalidation.html", context, status=status)

    def _asked(self, request: HttpRequest, form: InvalidationForm, actor: AbstractBaseUser) -> Invalidation | None:
        chosen = form.as_previewed()
        if chosen is None:
            messages.warning(request, gettext("This was changed since the preview. Look again, then ask once more."))
            return None
        try:
            return verbs.ask(chosen, actor)
        except InvalidationRefusedError as error:
            messages.error(request, str(error))
            return None

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        assert request.user.is_authenticated
        rows = Invalidation.objects.select_related("petition", "created_by", "agreed_by")
        asked = get_object_or_404(rows, pk=parsed_key(object_id) or 0)
        if request.method == "POST":
            step = STEPS.get(request.POST.get("act", ""))
            if step is None:
                raise Http404
            try:
                step(asked, request.user)
            except InvalidationRefusedError as error:
                messages.warning(request, str(error))
            return redirect("admin:petitions_invalidation_change", asked.pk)
        context = self.admin_site.each_context(request) | self._page(request, asked)
        return TemplateResponse(request, "admin/petitions/invalidation.html", context)

    def _page(self, request: HttpRequest, asked: Invalidation) -> dict[str, Any]:
        returned = asked.taken.filter(end=InvalidatedSignature.End.OBJECTION).count()
        return {
            "title": gettext("Invalidation %(number)s") % {"number": asked.pk},
            "opts": self.opts,
            "asked": asked,
            "meaning": described(asked),
            "answer": answer_of(asked, returned),
            "is_own": asked.created_by_id == request.user.pk,
            "goes_on": asked.state in Invalidation.GOES_ON,
            "can_be_cancelled": asked.state in Invalidation.CAN_BE_CANCELLED,
            "can_be_undone": asked.state in Invalidation.CAN_BE_UNDONE,
            "preview": preview(asked) if asked.state == S.DRAFTED else None,
        }


def answer_of(asked: Invalidation, returned: int) -> str:
    """How it stands, in one sentence."""
    if asked.state == S.DRAFTED:
        message = ngettext(
            "%(expected)s signature would leave the count; nothing has happened yet.",
            "%(expected)s signatures would leave the count; nothing has happened yet.",
            asked.expected_count,
        )
    elif asked.state in (S.UNDOING, S.UNDONE):
        message = ngettext(
            "%(restored)s of %(taken)s signature is back as it was.",
            "%(restored)s of %(taken)s signatures are back as they were.",
            asked.taken_count,
        )
    else:
        message = ngettext(
            "%(taken)s of %(expected)s signature is out of the count.",
            "%(taken)s of %(expected)s signatures are out of the count.",
            asked.expected_count,
        )
    numbers = {"taken": asked.taken_count, "expected": asked.expected_count, "restored": asked.restored_count}
    words = message % {name: number_format(number) for name, number in numbers.items()}
    if returned:
        more = ngettext(
            "%(count)s of them came back after an objection.", "%(count)s of them came back after objections.", returned
        )
        words = f"{words} {more % {'count': number_format(returned)}}"
    return words


class ObjectionStateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return list(Objection.State.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Objection]) -> QuerySet[Objection]:
        return queryset.filter(state=self.value()) if self.value() in Objection.State.values else queryset


@admin.register(Objection)
class ObjectionAdmin(WhoMayInvalidate):
    list_display = ("signer", "words", "petition", "taken_out_by", "made_at", "state")
    list_display_links = None
    list_select_related = ("signature__petition",)
    list_filter = (ObjectionStateFilter,)
    actions = ("uphold", "decline")

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        title = gettext("Objections: signers who say that they were taken out wrongly")
        return super().changelist_view(request, {"title": title} | (extra_context or {}))

    @admin.action(description=_("They are right: restore the signature"), permissions=["invalidate"])
    def uphold(self, request: HttpRequest, queryset: QuerySet[Objection]) -> None:
        self._decide(request, queryset, objections.uphold)

    @admin.action(description=_("The signature stays out"), permissions=["invalidate"])
    def decline(self, request: HttpRequest, queryset: QuerySet[Objection]) -> None:
        self._decide(request, queryset, objections.decline)

    def _decide(self, request: HttpRequest, queryset: QuerySet[Objection], verb: Any) -> None:
        chosen = list(queryset)
        done = sum(verb(objection, request.user) for objection in chosen)
        message = ngettext("%(count)s objection is decided.", "%(count)s objections are decided.", done)
        reason = gettext("Somebody has decided before.")
        tell(request, message % {"count": done} if done else "", left_alone(len(chosen) - done, reason))

    @admin.display(description=_("signer"))
    def signer(self, objection: Objection) -> SafeString:
        url = reverse("admin:petitions_signature_change", args=[objection.signature_id])
        return format_html('<a href="{}"><bdi>{}</bdi></a>', url, objection.signature.name)

    @admin.display(description=_("petition"))
    def petition(self, objection: Objection) -> str:
        return str(objection.signature.petition)

    @admin.display(description=_("taken out by"))
    def taken_out_by(self, objection: Objection) -> SafeString | str:
        """The invalidation, with its reason; by hand where there is none."""
        key = objection.invalidation
        if key is None:
            return gettext("a person, by hand")
        url = reverse("admin:petitions_invalidation_change", args=[key])
        return format_html('<a href="{}">#{}: {}</a>', url, key, objection.invalidation_reason)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Objection]:
        return super().get_queryset(request).with_invalidation()  # type: ignore[attr-defined]
