"""Block, watch and allow lists: entries come and end, and what an ended one held is judged again."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from ..list_patterns import checked_pattern
from ..lists import kept_lists
from ..models import ListEntry, StaffAct
from ..models.staff import act_by
from ..rejudging import StillHoldsError, held_by, rejudge
from .guarded import GuardedAdmin
from .outcomes import left_alone, tell

# Beyond this the exact number helps nobody.
COUNTED_AT_MOST = 10_000


class EntryForm(forms.ModelForm):
    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("about") and data.get("pattern"):
            try:
                data["pattern"] = checked_pattern(data["about"], data["pattern"])
            except ValidationError as error:
                self.add_error("pattern", error)
        return data


class InForceFilter(admin.SimpleListFilter):
    title = _("in force")
    parameter_name = "in_force"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [("yes", _("in force")), ("no", _("ended"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[ListEntry]) -> QuerySet[ListEntry]:
        if self.value() == "yes":
            return queryset & ListEntry.objects.in_force()
        return queryset.filter(ends_at__lte=timezone.now()) if self.value() == "no" else queryset


@admin.register(ListEntry)
class ListEntryAdmin(GuardedAdmin):
    form = EntryForm
    list_display = ("pattern", "kind", "about", "comment", "author_name", "created_at", "ends_at")
    list_filter = (InForceFilter, "kind", "about")
    search_fields = ("pattern", "comment")
    actions = ("end",)
    fieldsets = (
        (
            None,
            {
                "fields": ("about", "pattern", "kind", "comment", "ends_at"),
                "description": _(
                    "Whoever is blocked meets the same pages and mail as everybody, but the signature is held until "
                    "a person decides. It concerns signatures given from now on, and is in use after a few seconds."
                ),
            },
        ),
    )

    def get_fieldsets(self, request: HttpRequest, obj: ListEntry | None = None) -> Any:
        known = (None, {"fields": ("held_now", "author_name", "created_at")})
        return (*self.fieldsets, known) if obj else self.fieldsets

    def get_readonly_fields(self, request: HttpRequest, obj: ListEntry | None = None) -> tuple[str, ...]:
        """What an entry has held it held for what it said: another pattern is another entry."""
        return ("about", "pattern", "held_now", "author_name", "created_at") if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: ListEntry | None = None) -> bool:
        """Entries end, so that it stays known why something was held."""
        return False

    def has_end_permission(self, request: HttpRequest) -> bool:
        return self.has_change_permission(request)

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.rejudge)
        return [path("<int:pk>/judge-again/", page, name="petitions_listentry_rejudge"), *super().get_urls()]

    def save_model(self, request: HttpRequest, obj: ListEntry, form: forms.ModelForm, change: bool) -> None:
        assert request.user.is_authenticated
        obj.author_name = obj.author_name or request.user.get_username()
        super().save_model(request, obj, form, change)
        _act(request, "change" if change else "add", obj).save()
        transaction.on_commit(kept_lists.forget)
        if (count := _count_of(obj)) and not obj.holds:
            self.remark(request, _offer(obj, count))

    @admin.action(description=_("End now"), permissions=["end"])
    def end(self, request: HttpRequest, queryset: QuerySet[ListEntry]) -> None:
        with transaction.atomic():
            rows = queryset.order_by("pk").select_for_update()
            ending = [entry for entry in rows if entry.is_in_force]
            ListEntry.objects.filter(pk__in=[entry.pk for entry in ending]).update(ends_at=timezone.now())
            StaffAct.objects.bulk_create(_act(request, "end", entry) for entry in ending)
        transaction.on_commit(kept_lists.forget)
        message = ngettext("%(count)s entry ended.", "%(count)s entries ended.", len(ending)) % {"count": len(ending)}
        offers = [_offer(entry, count) for entry in ending if (count := _count_of(entry))]
        left = left_alone(queryset.count() - len(ending), gettext("It had ended before."))
        tell(request, message if ending else "", left, offers)

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def rejudge(self, request: HttpRequest, pk: int) -> HttpResponse:
        """How many an ended entry held, and one button."""
        entry = get_object_or_404(ListEntry, pk=pk)
        if not (self.has_change_permission(request, entry) and request.user.has_perm("petitions.invalidate_signature")):
            raise PermissionDenied
        if request.method == "POST":
            return self._judge_again(request, entry)
        context = self.admin_site.each_context(request) | {
            "title": gettext("Judge again what an entry held"),
            "opts": self.opts,
            "entry": entry,
            "count": _count_of(entry),
            "counted_at_most": COUNTED_AT_MOST,
        }
        return TemplateResponse(request, "admin/petitions/rejudge.html", context)

    def _judge_again(self, request: HttpRequest, entry: ListEntry) -> HttpResponse:
        assert request.user.is_authenticated
        page = redirect("admin:petitions_listentry_rejudge", entry.pk)
        try:
            done = rejudge(entry, request.user)
        except StillHoldsError:
            tell(request, "", [gettext("The entry is in force: end it first.")])
            return page
        message = ngettext("%(count)s signature released.", "%(count)s signatures released.", done)
        left = _count_of(entry)
        tell(request, message % {"count": number_format(done)}, [gettext("There are more: go on.")] if left else [])
        return page if left else redirect("admin:petitions_listentry_change", entry.pk)

    @admin.display(description=_("holds now"))
    def held_now(self, entry: ListEntry) -> SafeString | str:
        count = _count_of(entry)
        if not count:
            return gettext("nothing")
        if not entry.holds:
            return _offer(entry, count)
        url = f"{reverse('admin:petitions_signature_changelist')}?held=by-{entry.pk}"
        return format_html('<a href="{}">{}</a>', url, _in_words(count))


def _count_of(entry: ListEntry) -> int:
    """COUNTED_AT_MOST + 1 where there are more."""
    return len(held_by(entry).values("pk")[: COUNTED_AT_MOST + 1])


def _in_words(count: int) -> str:
    if count > COUNTED_AT_MOST:
        return gettext("more than %(count)s signatures") % {"count": number_format(COUNTED_AT_MOST)}
    return ngettext("%(count)s signature", "%(count)s signatures", count) % {"count": number_format(count)}


def _offer(entry: ListEntry, count: int) -> SafeString:
    url = reverse("admin:petitions_listentry_rejudge", args=[entry.pk])
    label = gettext("judge them again")
    return format_html('{}: {} – <a href="{}">{}</a>', entry.pattern, _in_words(count), url, label)


def _act(request: HttpRequest, verb: str, entry: ListEntry) -> StaffAct:
    """Addresses and networks, which may be one person's, are left to the entry: it is forgotten one day, the log never
    is."""
    assert request.user.is_authenticated
    what = entry.pattern if entry.about == ListEntry.About.DOMAIN else entry.about
    return act_by(request.user, verb, entry, f"{entry.kind} {what}"[:300])
