"""Calling those who decide: whom, when, what to say, and how it went."""

from urllib.parse import urlencode
from zoneinfo import available_timezones

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django_countries import countries

from petitions.country_select import CountrySelect
from petitions.languages import reader_language
from petitions.links import absolute
from petitions.origin import same_site_only
from petitions.page_cache import one_of, public_page

from ..deeds.views import count_deed
from ..models import Campaign, Contact, ContactReport, DeedCount
from ..reading.page import page_or_404
from .card import Calls
from .dialling import Caller, caller_from
from .reminders import reminder as reminder_file

SPOKE, NOBODY, WRONG = "spoke", "nobody", "wrong"
OUTCOMES = {SPOKE: _("I spoke with someone"), NOBODY: _("Nobody answered"), WRONG: _("The number is wrong")}


@require_safe
@public_page(from_=one_of(countries), zone=one_of(available_timezones()), done=one_of((SPOKE, NOBODY)))
def call(request: HttpRequest, slug: str) -> HttpResponse:
    calls = _calls(slug, _caller(request.GET))
    context = {
        "page": calls.page,
        "campaign": calls.page.campaign,
        "calls": calls,
        "countries": _country_select(calls.caller),
        "outcomes": OUTCOMES,
        "done": request.GET.get("done", ""),
    }
    return render(request, "campaigns/calls/call.html", context)


@never_cache
@require_safe
def reminder(request: HttpRequest, slug: str, contact: int) -> HttpResponse:
    calls = _calls(slug, _caller(request.GET))
    number = None if calls.page.campaign.is_closed else calls.number(contact)
    file = reminder_file(calls, number, absolute(_address(slug, calls.caller))) if number else None
    if file is None:
        raise Http404("no number of this campaign, or nobody knows when it answers")
    count_deed(request, calls.page.campaign.pk, DeedCount.Channel.REMINDER)
    response = HttpResponse(file, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="call-{slug}.ics"'
    return response


@require_POST
@same_site_only
def called(request: HttpRequest, slug: str, contact: int) -> HttpResponse:
    """Count a call, answered or not. What is wrong with a number is told on the page for reports."""
    outcome = request.POST.get("outcome", "")
    if outcome not in OUTCOMES:
        return HttpResponseBadRequest()
    campaign = get_object_or_404(Campaign.objects.visible(), slug=slug)
    if campaign.is_closed:
        return redirect("campaigns:call", slug=slug)
    numbers = Contact.objects.filter(kind=Contact.Kind.TELEPHONE, target__campaign_targets__campaign=campaign)
    number = get_object_or_404(numbers, pk=contact)
    if outcome == WRONG:
        query = urlencode({"contact": number.pk, "problem": ContactReport.Problem.WRONG_NUMBER.value})
        answer = redirect(f"{reverse('campaigns:report', args=[slug])}?{query}")
    else:
        count_deed(request, campaign.pk, DeedCount.Channel.TELEPHONE)
        answer = redirect(_address(slug, _caller(request.POST), done=outcome) + "#done")
    answer.status_code = 303
    return answer


def _calls(slug: str, caller: Caller) -> Calls:
    return Calls(page_or_404(slug), caller, timezone.now())


def _caller(said: QueryDict) -> Caller:
    return caller_from(said.get("from", ""), said.get("zone", ""), reader_language(), timezone.now().year)


def _address(slug: str, caller: Caller, **more: str) -> str:
    query = urlencode(caller.parameters | more)
    return reverse("campaigns:call", args=[slug]) + (f"?{query}" if query else "")


def _country_select(caller: Caller) -> SafeString:
    return CountrySelect().render("from", caller.country, {"id": "call-from", "autocomplete": "country"})
