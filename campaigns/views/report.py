"""Saying that a contact is wrong."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from petitions.network import client_network, same_site_only
from petitions.pages import public_page
from petitions.throttling import REPORTING_BY_NETWORK, ThrottledError, count_or_refuse
from petitions.views.throttled import add_throttled_error

from .. import reporting
from ..details import CampaignDetails
from ..forms import ReportForm
from ..models import Campaign, ContactReport
from ..presentation import pages


@require_http_methods(["GET", "HEAD", "POST"])
@same_site_only
def report(request: HttpRequest, slug: str) -> HttpResponse:
    return _send(request, slug) if request.method == "POST" else _ask(request, slug)


def _details(slug: str) -> CampaignDetails:
    found = pages(Campaign.objects.visible().filter(slug=slug), get_language() or "en")
    if not found:
        raise Http404("no such campaign")
    return CampaignDetails(found[0])


@public_page(parameters=("contact", "problem", "done"))
def _ask(request: HttpRequest, slug: str) -> HttpResponse:
    details = _details(slug)
    problem = request.GET.get("problem", "")
    form = ReportForm(details=details, initial={"contact": request.GET.get("contact", ""), "problem": problem})
    calls = problem == ContactReport.Problem.WRONG_NUMBER
    return _show(request, details, form, is_done="done" in request.GET, calls=calls)


def _send(request: HttpRequest, slug: str) -> HttpResponse:
    details = _details(slug)
    form = ReportForm(request.POST, details=details)
    if not form.is_valid():
        return _show(request, details, form, status=422)
    try:
        count_or_refuse((REPORTING_BY_NETWORK, client_network(request)))
    except ThrottledError as error:
        add_throttled_error(form, error)
        response = _show(request, details, form, status=429)
        response.headers["Retry-After"] = str(error.retry_after)
        return response
    said = form.said()
    reporting.report(**said)
    calls = said["problem"] == ContactReport.Problem.WRONG_NUMBER
    query = urlencode({"done": 1} | ({"problem": said["problem"]} if calls else {}))
    return redirect(f"{reverse('campaigns:report', args=[slug])}?{query}")


def _show(
    request: HttpRequest,
    details: CampaignDetails,
    form: ReportForm,
    *,
    is_done: bool = False,
    calls: bool = False,
    status: int = 200,
) -> HttpResponse:
    """`calls` where the reader most likely comes from calling."""
    context = {
        "page": details.page,
        "campaign": details.campaign,
        "form": form,
        "is_done": is_done,
        "calls": calls,
        "language_path": reverse("campaigns:report", args=[details.campaign.slug]),
    }
    return render(request, "campaigns/report.html", context, status=status)
