"""The moderators' list: every comment is read whole and decided without opening it."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.timesince import timesince
from django.utils.translation import gettext, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from .. import moderation
from ..desk.cards import PRIVATE
from ..history import history_of, what_was_done, who_decided
from ..keyset import parsed_key
from ..loading import loaded
from ..models import Comment, Decision, Reason, Report
from ..models.comments import DECISIONS, WAITS, CommentQuerySet
from ..models.decisions import NEED_A_REASON
from .desk import Desk
from .filters import PetitionFilter, WrittenInFilter
from .seen import Act, SeenAdmin
from .titles import title_of
from .written_in import WrittenInAdmin

S = Comment.State
LABELS = {
    "approve": _("Approve"),
    "reject": _("Reject"),
    "spam": _("Spam"),
    "hide": _("Hide"),
    "restore": _("Restore"),
}
# By however few readers: three, or one who says it is illegal, put it in the queue.
REPORTED = "reported"
# What may be done next to a comment in each state.
CHOICES = {state: [name for name, decision in DECISIONS.items() if state in decision.before] for state in S}


class DecideForm(ActionForm):
    """What is chosen for all ticked rows."""

    reason = forms.ChoiceField(label=_("Reason"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "–"), *((reason.key, reason.title) for reason in offered_reasons())]
        cast(forms.ChoiceField, self.fields["reason"]).choices = choices


class StateFilter(admin.SimpleListFilter):
    """The waiting queue unless another state is chosen."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [
            *[(state.value, state.label) for state in S if state != S.PENDING],
            (REPORTED, pgettext_lazy("a comment", "reported")),
            ("all", _("all")),
        ]

    def choices(self, changelist: Any) -> Any:
        first, *others = super().choices(changelist)
        yield first | {"display": S.PENDING.label}
        yield from others

    def queryset(self, request: HttpRequest, queryset: QuerySet[Comment]) -> QuerySet[Comment]:
        if self.value() == "all":
            return queryset
        if self.value() == REPORTED:
            return queryset.filter(pk__in=Report.objects.waiting().values("comment"))
        return queryset.filter(state=self.value()) if self.value() else queryset.filter(WAITS)


@admin.register(Comment)
class CommentAdmin(WrittenInAdmin, SeenAdmin):
    list_display = ("words", "about")
    list_display_links = None
    action_form = DecideForm
    list_filter = (StateFilter, WrittenInFilter, PetitionFilter)
    list_select_related = ("petition", "signature", "parent__signature")
    list_per_page = 50
    search_fields = ("pk",)
    search_help_text = _("The number of a comment.")
    actions = ("approve", "reject", "spam", "hide", "restore")
    actions_on_bottom = True
    fields = (
        "words",
        "author",
        "petition_title",
        "written_in_shown",
        "state",
        "created_at",
        "confirmed_at",
        "decisions",
    )

    def get_urls(self) -> list[Any]:
        return [*Desk(self).urls(), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Comment]:
        """Only whose author's address is confirmed: the others may never be meant to be read."""
        comments = cast(CommentQuerySet, super().get_queryset(request)).confirmed()
        return (
            comments.select_related(*self.list_select_related)
            .defer(*PRIVATE)
            .prefetch_related(loaded("petition__texts"))
        )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Comment], search_term: str
    ) -> tuple[QuerySet[Comment], bool]:
        number = search_term.strip().lstrip("#")
        if not number:
            return queryset, False
        key = parsed_key(number)
        return (queryset.filter(pk=key) if key else queryset.none()), False

    def has_moderate_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("petitions.moderate_comment")

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if request.method == "POST" and "decide" in request.POST:
            return self._decide_one(request, request.POST["decide"])
        title = {"title": gettext("Comments"), "moderates": self.has_moderate_permission(request)}
        return super().changelist_view(request, title | (extra_context or {}))

    def _decide_one(self, request: HttpRequest, decision: str) -> HttpResponse:
        """A button in a row, named `approve:123` or `reject:123:insult`."""
        verb, number, reason = [*decision.split(":"), "", ""][:3]
        if not self.has_moderate_permission(request):
            raise PermissionDenied
        if verb in DECISIONS:
            self._decide(request, verb, self.seen(request, number), reason)
        return redirect(request.get_full_path())

    def _decide(self, request: HttpRequest, verb: str, seen: dict[int, str], reason: str = "") -> None:
        assert request.user.is_authenticated
        chosen = Reason.objects.offered().filter(key=reason[:40]).first() if reason else None
        try:
            done = moderation.decide(verb, seen, request.user, reason=chosen)
        except moderation.ReasonMissingError:
            messages.error(request, gettext("Choose a reason: its words go to the author."))
            return
        message = ngettext("%(verb)s: %(count)s comment.", "%(verb)s: %(count)s comments.", len(done))
        words = message % {"verb": LABELS[verb], "count": len(done)}
        self.answer(request, _with_link(words, done) if len(seen) == 1 else words, seen, done)

    @admin.action(description=_("Approve"), permissions=["moderate"])
    def approve(self, request: HttpRequest, queryset: QuerySet[Comment]) -> None:
        self._decide(request, "approve", self.seen(request))

    @admin.action(description=_("Reject"), permissions=["moderate"])
    def reject(self, request: HttpRequest, queryset: QuerySet[Comment]) -> None:
        self._decide(request, "reject", self.seen(request), request.POST.get("reason", ""))

    @admin.action(description=_("Mark as spam"), permissions=["moderate"])
    def spam(self, request: HttpRequest, queryset: QuerySet[Comment]) -> None:
        self._decide(request, "spam", self.seen(request))

    @admin.action(description=_("Hide from the page"), permissions=["moderate"])
    def hide(self, request: HttpRequest, queryset: QuerySet[Comment]) -> None:
        self._decide(request, "hide", self.seen(request), request.POST.get("reason", ""))

    @admin.action(description=_("Restore to the page"), permissions=["moderate"])
    def restore(self, request: HttpRequest, queryset: QuerySet[Comment]) -> None:
        self._decide(request, "restore", self.seen(request))

    @admin.display(description=_("comment"))
    def words(self, comment: Comment) -> SafeString:
        answered = SafeString("")
        if parent := comment.parent:
            said = gettext("%(name)s wrote:") % {"name": parent.public_name or gettext("Somebody")}
            excerpt = Truncator(parent.text).chars(140)
            answered = format_html(
                '<blockquote class="answered"><bdi>{}</bdi> <span lang="{}" dir="auto">{}</span></blockquote>',
                said,
                parent.written_in,
                excerpt,
            )
        return format_html(
            '{}<div class="comment-text" lang="{}" dir="auto">{}</div>', answered, comment.written_in, comment.text
        )

    @admin.display(description=_("by"))
    def author(self, comment: Comment) -> SafeString:
        name = comment.public_name or gettext("name not shown")
        signed = "" if comment.signature_id else gettext("did not sign")
        parts = [
            part
            for part in (comment.public_city, comment.written_in_name or gettext("language unsure"), signed)
            if part
        ]
        return format_html("<bdi>{}</bdi><br><small>{}</small>", name, " · ".join(parts))

    @admin.display(description=_("petition"))
    def petition_title(self, comment: Comment) -> str:
        return title_of(comment.petition)

    @admin.display(description=_("by"))
    def about(self, comment: Comment) -> SafeString:
        return format_html(
            '{}<p><small>{}</small></p><a href="{}">{}</a>',
            self.author(comment),
            self.petition_title(comment),
            reverse("admin:petitions_comment_change", args=[comment.pk]),
            gettext("%(age)s ago") % {"age": timesince(comment.confirmed_at or comment.created_at, depth=1)},
        )

    def get_list_display(self, request: HttpRequest) -> tuple[Any, ...]:
        reasons = SimpleLazyObject(offered_reasons)

        @admin.display(description=_("decide"))
        def buttons(comment: Comment) -> SafeString:
            return decide_buttons(comment, cast(list[Reason], reasons))

        return (*self.list_display, buttons)

    @admin.display(description=_("history"))
    def decisions(self, comment: Comment) -> SafeString | str:
        lines = (
            (f"{event.at:%Y-%m-%d %H:%M}", event.who, event.did, f" ({event.why})" if event.why else "")
            for event in history_of(comment.pk)
        )
        return format_html_join("", "<div>{} {}: {}{}</div>", lines) or "–"

    def last_acts(self, keys: list[int]) -> Mapping[int, Act]:
        latest = Decision.objects.last_about(keys).items()
        return {key: Act(what_was_done(row), who_decided(row), row.at) for key, row in latest}


def offered_reasons() -> list[Reason]:
    return list(Reason.objects.offered().prefetch_related(loaded("texts")))


def decide_buttons(comment: Comment, reasons: list[Reason]) -> SafeString:
    """What needs a reason unfolds into one button for each."""
    name = comment.public_name or f"#{comment.pk}"
    row = [
        _with_reasons(verb, comment, name, reasons) if verb in NEED_A_REASON else _button(verb, comment, name)
        for verb in CHOICES[S(comment.state)]
        if verb != "approve" or comment.state != S.APPROVED or comment.reported_at
    ]
    states = [] if comment.state == S.PENDING else [comment.get_state_display()]
    states += [pgettext("a comment", "reported")] if comment.reported_at else []
    state = " · ".join(states)
    return format_html(
        '<div class="decisions">{}</div><small>{}</small>', format_html_join("", "{}", ((part,) for part in row)), state
    )


def _button(verb: str, comment: Comment, name: str, reason: Reason | None = None) -> SafeString:
    value = f"{verb}:{comment.pk}" + (f":{reason.key}" if reason else "")
    label = gettext("%(verb)s the comment by %(name)s") % {"verb": LABELS[verb], "name": name}
    said = reason.title if reason else LABELS[verb]
    return format_html(
        '<button type="submit" name="decide" value="{}" class="decide decide-{}" aria-label="{}">{}</button>',
        value,
        verb,
        f"{label}: {said}" if reason else label,
        said,
    )


def _with_reasons(verb: str, comment: Comment, name: str, reasons: list[Reason]) -> SafeString:
    buttons = format_html_join("", "{}", ((_button(verb, comment, name, reason),) for reason in reasons))
    return format_html('<details class="decide"><summary>{}</summary>{}</details>', LABELS[verb], buttons)


def _with_link(message: str, seen: Iterable[int]) -> SafeString | str:
    keys = list(seen)
    if len(keys) != 1:
        return message
    again = format_html('<a href="?state=all&amp;q={}">{}</a>', keys[0], gettext("See this comment again"))
    return format_html("{} {}", message, again)
