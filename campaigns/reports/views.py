"""Saying that a contact is wrong."""

from functools import partial
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from petitions.origin import client_network, same_site_only
from petitions.page_cache import given, one_of, public_page, row_key
from petitions.throttling import REPORTING_BY_NETWORK, ThrottledError, count_or_refuse
from petitions.typed import is_only_shown, typed
from petitions.views.throttled import too_many

from ..models import ContactReport
from ..reading.page import CampaignPage, page_or_404
from . import reporting
from .forms import ReportForm


def _reportable(text: str) -> str:
    """A contact's key or a target's, as the form's choices have them."""
    kind, dash, key = text.rpartition("-")
    return kind + dash + row_key(key) if kind in ("", "target") and row_key(key) else ""


@require_http_methods(["GET", "HEAD", "POST"])
@same_site_only
def report(request: HttpRequest, slug: str) -> HttpResponse:
    return _send(request, slug) if request.method == "POST" else _ask(request, slug)


@public_page(contact=_reportable, problem=one_of(ContactReport.Problem.values), done=given)
def _ask(request: HttpRequest, slug: str) -> HttpResponse:
    page = page_or_404(slug)
    problem = request.GET.get("problem", "")
    form = ReportForm(page=page, initial={"contact": request.GET.get("contact", ""), "problem": problem})
    calls = problem == ContactReport.Problem.WRONG_NUMBER
    return _show(request, page, form, is_done="done" in request.GET, calls=calls)


def _send(request: HttpRequest, slug: str) -> HttpResponse:
    page = page_or_404(slug)
    form = ReportForm(request.POST, page=page)
    if is_only_shown(request):
        return _show(request, page, ReportForm(page=page, initial=typed(form)))
    if not form.is_valid():
        return _show(request, page, form, status=422)
    try:
        count_or_refuse((REPORTING_BY_NETWORK, client_network(request)))
    except ThrottledError as error:
        return too_many(form, error, partial(_show, request, page, form))
    said = form.said()
    reporting.report(**said)
    calls = said["problem"] == ContactReport.Problem.WRONG_NUMBER
    query = urlencode({"done": 1} | ({"problem": said["problem"]} if calls else {}))
    return redirect(f"{reverse('campaigns:report', args=[slug])}?{query}")


def _show(
    request: HttpRequest,
    page: CampaignPage,
    form: ReportForm,
    *,
    is_done: bool = False,
    calls: bool = False,
    status: int = 200,
) -> HttpResponse:
    """`calls` where the reader most likely comes from calling."""
    context = {
        "page": page,
        "campaign": page.campaign,
        "form": form,
        "typed_form": form.helper.form_id,
        "is_done": is_done,
        "calls": calls,
        "language_path": reverse("campaigns:report", args=[page.campaign.slug]),
    }
    return render(request, "campaigns/reports/report.html", context, status=status)
