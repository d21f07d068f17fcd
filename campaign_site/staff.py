"""The staff's site: what each person has to do comes first."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from campaigns.mailing.preparing import page_of as mailing_page
from campaigns.models import Campaign, ContactReport, Target
from campaigns.targets.checks import to_be_checked
from petitions.imprint import read_operator
from petitions.integrity.invalidations import waiting_for as invalidations_for
from petitions.mailing import waiting_for
from petitions.models import Comment, Objection, Signature
from petitions.models.staff import act_by
from petitions.waiting import DeskNumbers, desk_numbers

from . import second_factor
from .login import PasswordStep, ThrottledLoginForm
from .second_factor import views as second_factor_views
from .second_factor.guard import second_factor_first

APPS = ("campaigns", "petitions", "auth")
MODELS = (
    "Campaign",
    "Story",
    "Letter",
    "CallScript",
    "Update",
    "Media",
    "Evidence",
    "Target",
    "ContactReport",
    "City",
    "Comment",
    "Decision",
    "Reason",
    "WatchedWord",
    "Petition",
    "Signature",
    "Invalidation",
    "Objection",
    "TrendFinding",
    "Follower",
    "OutboxMail",
    "DomainRule",
    "ListEntry",
    "ThrottleOverride",
    "Operator",
    "StaffAct",
)
# Beyond this the exact number helps nobody, and costs more with each one.
COUNTED_AT_MOST = 100


class StaffSite(AdminSite):
    site_header = site_title = _("Sister City Campaigns")
    index_title = _("Overview")
    login_form = ThrottledLoginForm

    def get_urls(self) -> list[URLPattern | URLResolver]:
        own = super().admin_view(second_factor_views.own_page)
        return [
            path("login/code/", second_factor_views.code_page, name="second_factor_code"),
            path("second-factor/", own, name="second_factor"),
            *super().get_urls(),
        ]

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        # Logging out is open to all who came in.
        guarded = view if view == self.logout else second_factor_first(view)
        return super().admin_view(guarded, cacheable)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return super().each_context(request) | {"second_factor_is_offered": second_factor.is_offered()}

    @method_decorator(never_cache)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """As Django's, but with a step between password and session."""
        if request.method == "GET" and self.has_permission(request):
            return redirect("admin:index")
        context = self.each_context(request) | {
            "title": gettext("Log in"),
            "subtitle": None,
            "app_path": request.get_full_path(),
            "username": request.user.get_username(),
        }
        if REDIRECT_FIELD_NAME not in request.GET and REDIRECT_FIELD_NAME not in request.POST:
            context[REDIRECT_FIELD_NAME] = reverse("admin:index")
        request.current_app = self.name
        response: Any = PasswordStep.as_view(
            extra_context=context | (extra_context or {}),
            authentication_form=self.login_form,
            template_name="admin/login.html",
        )(request)
        form = (getattr(response, "context_data", None) or {}).get("form")
        if retry_after := getattr(form, "retry_after", None):
            response.status_code = 429
            response.headers["Retry-After"] = str(retry_after)
        return response

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        if request.method == "POST" and request.user.is_authenticated:
            act_by(request.user, "log out", request.user).save()
        return super().logout(request, extra_context)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=lambda model: _place(model["object_name"], MODELS))
        return sorted(apps, key=lambda app: _place(app["app_label"], APPS))

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        own = {"tasks": tasks_of(request), "desk_numbers": desk_numbers_of(request)}
        return super().index(request, own | (extra_context or {}))


def _place(name: str, order: tuple[str, ...]) -> int:
    return order.index(name) if name in order else len(order)


def tasks_of(request: HttpRequest) -> list[dict[str, str]]:
    """What waits for this person."""
    tasks: list[tuple[int, str, str]] = []
    if request.user.has_perm("petitions.change_operator") and not read_operator().is_named:
        message = gettext("Say who runs this site: nobody is named yet")
        tasks.append((1, message, reverse("admin:petitions_operator_changelist")))
    if request.user.has_perm("petitions.moderate_comment"):
        tasks += _comments_to_look_at(request.user.pk or 0)
    if request.user.has_perm("petitions.invalidate_signature"):
        tasks += _signature_tasks(request)
    if request.user.has_perm("campaigns.change_campaign"):
        drafts = len(Campaign.objects.filter(status=Campaign.Status.DRAFT).values("pk")[:COUNTED_AT_MOST])
        message = ngettext("%(count)s campaign is a draft", "%(count)s campaigns are drafts", drafts)
        tasks.append((drafts, message, reverse("admin:campaigns_campaign_changelist") + "?status__exact=draft"))
    if request.user.has_perm("campaigns.change_contactreport"):
        waiting = len(ContactReport.objects.waiting().values("pk")[:COUNTED_AT_MOST])
        message = ngettext(
            "%(count)s report of a wrong contact waits", "%(count)s reports of wrong contacts wait", waiting
        )
        tasks.append((waiting, message, reverse("admin:campaigns_contactreport_changelist") + "?state=waiting"))
    if request.user.has_perm("campaigns.change_target"):
        due = len(Target.objects.filter(to_be_checked()).values("pk")[:COUNTED_AT_MOST])
        message = ngettext(
            "%(count)s target’s contacts are to be checked", "%(count)s targets’ contacts are to be checked", due
        )
        tasks.append((due, message, reverse("admin:campaigns_target_changelist") + "?verified=due"))
    if request.user.has_perm("petitions.send_mailing"):
        asked = list(waiting_for(request.user)[:COUNTED_AT_MOST])
        message = ngettext("%(count)s mailing waits for your yes", "%(count)s mailings wait for your yes", len(asked))
        tasks += [(len(asked), message, mailing_page(asked[0]))] if asked else []
    return [{"text": message % {"count": _shown(number)}, "url": url} for number, message, url in tasks]


def _comments_to_look_at(moderator: int) -> list[tuple[int, str, str]]:
    desk = reverse("admin:petitions_comment_desk")
    waiting = len(Comment.objects.waiting().open_to(moderator).values("pk")[:COUNTED_AT_MOST])
    message = ngettext("%(count)s comment is waiting", "%(count)s comments are waiting", waiting)
    unseen = len(Comment.objects.unseen().values("pk")[:COUNTED_AT_MOST])
    afterwards = ngettext(
        "%(count)s published comment is to be looked at", "%(count)s published comments are to be looked at", unseen
    )
    tasks = [(waiting, message, desk)]
    return [*tasks, (unseen, afterwards, f"{desk}?queue=afterwards")] if unseen else tasks


def desk_numbers_of(request: HttpRequest) -> DeskNumbers | None:
    """What waits for moderators and what they did, for those who see comments."""
    if not request.user.has_perm("petitions.moderate_comment"):
        return None
    return desk_numbers(request.user.pk or 0)


def _shown(number: int) -> str:
    return gettext("%(count)s or more") % {"count": number} if number >= COUNTED_AT_MOST else str(number)


def _signature_tasks(request: HttpRequest) -> list[tuple[int, str, str]]:
    """For those who may take signatures out of the count and bring them back."""
    signatures = reverse("admin:petitions_signature_changelist")
    held = len(Signature.objects.held().values("pk")[:COUNTED_AT_MOST])
    held_words = ngettext("%(count)s signature is held", "%(count)s signatures are held", held)
    marked = len(Signature.objects.marked_for_review().values("pk")[:COUNTED_AT_MOST])
    marked_words = ngettext("%(count)s signature is to be reviewed", "%(count)s signatures are to be reviewed", marked)
    tasks = [(held, held_words, f"{signatures}?held=any"), (marked, marked_words, f"{signatures}?review=marked")]
    return tasks + _invalidation_tasks(request)


def _invalidation_tasks(request: HttpRequest) -> list[tuple[int, str, str]]:
    asked = len(invalidations_for(request.user)[:COUNTED_AT_MOST])
    message = ngettext("%(count)s invalidation waits for your yes", "%(count)s invalidations wait for your yes", asked)
    objections = len(Objection.objects.waiting().values("pk")[:COUNTED_AT_MOST])
    words = ngettext("%(count)s signer objects", "%(count)s signers object", objections)
    waiting = reverse("admin:petitions_objection_changelist") + "?state=waiting"
    return [(asked, message, reverse("admin:petitions_invalidation_changelist")), (objections, words, waiting)]
