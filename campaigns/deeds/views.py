"""Counting a deed where a request says that a person did it."""

import re

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from petitions.origin import client_network, is_from_another_site, same_site_only

from ..models import Campaign, DeedCount
from . import counting

# Programs that say what they are; Cubot makes telephones. A browser steered by a program looks like any other.
ROBOT = re.compile(
    r"headless|phantom|lighthouse|pingdom|nutch|yandex|externalagent|google-|mediapartners|"
    r"(?<!cu)bot\b|bot/|crawl|spider|slurp|preview|fetcher|scrap|facebookexternalhit|^whatsapp|"
    r"curl|wget|httpclient|python|java/|go-http|okhttp|axios|node-fetch|libwww",
    re.IGNORECASE,
)

Channel = DeedCount.Channel
# What happens in the reader's browser alone. All else the server sees, and counts itself.
SEEN_BY_SCRIPTS = frozenset(
    [
        Channel.MAIL_APP,
        Channel.GMAIL,
        Channel.OUTLOOK,
        Channel.COPY_LETTER,
        Channel.COPY_ADDRESS,
        Channel.COPY_POST,
        Channel.COPY_LINK,
        Channel.TELEPHONE,
        Channel.SHARE_SHEET,
        Channel.E_MAIL,
        Channel.SMS,
    ]
)


def count_deed(request: HttpRequest, campaign_id: int, channel: str) -> None:
    """Count what this request does for a campaign, if a person sent it from one of our pages, and once a day.

    Nothing is counted without a user agent, and no GET without the Sec-Fetch headers that browsers send: a reader
    of an old browser is served and not counted.
    """
    if not _is_of_a_person(request):
        return
    reader = counting.Reader(client_network(request), request.headers["User-Agent"][:500])
    counting.record(campaign_id, channel, reader)


def _is_of_a_person(request: HttpRequest) -> bool:
    headers = request.headers
    browser = headers.get("User-Agent", "")
    if not browser or ROBOT.search(browser) or _is_prefetch(request) or is_from_another_site(request):
        return False
    if request.method == "POST":
        return True
    # Sec-Fetch-User would say still more, but Safari does not send it.
    started_here = headers.get("Sec-Fetch-Site") == "same-origin" and headers.get("Sec-Fetch-Mode") == "navigate"
    return request.method == "GET" and started_here


def _is_prefetch(request: HttpRequest) -> bool:
    """Whether the browser fetches what nobody asked for yet; each header is some browsers' name for it."""
    said = " ".join(request.headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz"))
    return "prefetch" in said.lower() or "preview" in said.lower()


@require_POST
@same_site_only
def beacon(request: HttpRequest, slug: str) -> HttpResponse:
    """What a script saw a reader do. Counted or not, the answer is the same."""
    channel = request.POST.get("channel", "")
    if channel not in SEEN_BY_SCRIPTS:
        return HttpResponseBadRequest()
    campaign = get_object_or_404(Campaign.objects.visible(), slug=slug)
    count_deed(request, campaign.pk, channel)
    return HttpResponse(status=204)
