"""The staff's site: what each person has to do comes first."""

from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from campaigns.mailing.preparing import page_of as mailing_page
from campaigns.models import Campaign, ContactReport, Target
from campaigns.targets.checks import to_be_checked
from petitions.mailing import waiting_for
from petitions.models import Comment, Signature

from .login import ThrottledLoginForm

APPS = ("campaigns", "petitions", "auth")
MODELS = (
    "Campaign", "Story", "Letter", "CallScript", "Update", "Media", "Evidence", "Target", "ContactReport", "City",
    "Comment", "Petition", "Signature", "Follower", "OutboxMail", "DomainRule", "StaffAct",
)  # fmt: skip
# Beyond this the exact number helps nobody, and costs more with each one.
COUNTED_AT_MOST = 100


class StaffSite(AdminSite):
    site_header = site_title = _("Sister City Campaigns")
    index_title = _("Overview")
    login_form = ThrottledLoginForm

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        response = super().login(request, extra_context)
        form = (getattr(response, "context_data", None) or {}).get("form")
        if retry_after := getattr(form, "retry_after", None):
            response.status_code = 429
            response.headers["Retry-After"] = str(retry_after)
        return response

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=lambda model: _place(model["object_name"], MODELS))
        return sorted(apps, key=lambda app: _place(app["app_label"], APPS))

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        return super().index(request, {"tasks": tasks_of(request)} | (extra_context or {}))


def _place(name: str, order: tuple[str, ...]) -> int:
    return order.index(name) if name in order else len(order)


def tasks_of(request: HttpRequest) -> list[dict[str, str]]:
    """What waits for this person."""
    tasks = []
    if request.user.has_perm("petitions.moderate_comment"):
        waiting = len(Comment.objects.waiting().values("pk")[:COUNTED_AT_MOST])
        message = ngettext("%(count)s comment is waiting", "%(count)s comments are waiting", waiting)
        tasks.append((waiting, message, reverse("admin:petitions_comment_changelist")))
    if request.user.has_perm("petitions.invalidate_signature"):
        marked = len(Signature.objects.marked_for_review().values("pk")[:COUNTED_AT_MOST])
        message = ngettext("%(count)s signature is to be reviewed", "%(count)s signatures are to be reviewed", marked)
        tasks.append((marked, message, reverse("admin:petitions_signature_changelist") + "?review=marked"))
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


def _shown(number: int) -> str:
    return gettext("%(count)s or more") % {"count": number} if number >= COUNTED_AT_MOST else str(number)
