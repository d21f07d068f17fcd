"""The ways out: to the forms in which other sites' members write a post."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from petitions.keyset import parsed_key
from petitions.languages import reader_language
from petitions.links import token_for
from petitions.models import Signature
from petitions.notices import redirect_with_notice
from petitions.origin import same_site_only
from petitions.page_cache import public_page, row_key_or_404
from petitions.views.tokens import opens

from ..deeds.views import count_deed
from ..models import DeedCount
from ..reading.page import CampaignPage, page_or_404
from ..reading.petition_home import home_of
from ..rules.networks import NETWORKS, Network
from .asking import message
from .instances import instance_host
from .links import share_text
from .posts import OfferedPost, offered_posts


def _post(page: CampaignPage, key: str | None, network: Network) -> OfferedPost | None:
    """The post named in the query, if it is offered for this network; None where none is named."""
    if key is None:
        return None
    if number := parsed_key(key):
        for post in offered_posts(page):
            if post.pk == number and any(offer.network == network for offer in post.links):
                return post
    raise Http404("no such post")


def _form_address(page: CampaignPage, post: OfferedPost | None, network: Network, host: str = "") -> str:
    if post is None:
        url = page.absolute_url
        return network.compose(share_text(network, str(page.headline), url), url, host)
    return network.compose(post.words.text, page.values(post.words.language)["campaign_url"], host)


def _asking(page: CampaignPage, network: Network) -> str:
    said = message(page)
    return network.compose(said.words.text, said.url)


@require_safe
def go(request: HttpRequest, slug: str, channel: str) -> HttpResponse:
    """To one of the addresses in the closed table, with a post or with the page. Clicks count, a mere GET does not."""
    network = NETWORKS.get(channel)
    if network is None or not network.address or network.is_one_of_many:
        raise Http404("no such network")
    page = page_or_404(slug)
    post = _post(page, request.GET.get("post"), network)
    count_deed(request, page.campaign.pk, network.key)
    url = _asking(page, network) if "ask" in request.GET else _form_address(page, post, network)
    response = HttpResponseRedirect(url)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@same_site_only
def mastodon(request: HttpRequest, slug: str) -> HttpResponse:
    """Asks for the reader's instance and links to its form: a link, for a redirect could be sent to any host.

    Asked by POST: somebody may type their own name there, which belongs in no address.
    """
    return _instance(request, slug) if request.method == "POST" else _ask_for_instance(request, slug)


@require_safe
@public_page(post=row_key_or_404)
def _ask_for_instance(request: HttpRequest, slug: str) -> HttpResponse:
    return _render_mastodon(request, page_or_404(slug), request.GET.get("post"))


@cache_control(private=True, no_cache=True)
def _instance(request: HttpRequest, slug: str) -> HttpResponse:
    page = page_or_404(slug)
    typed = request.POST.get("instance", "")
    host = instance_host(typed)
    if host:
        count_deed(request, page.campaign.pk, "mastodon")
    return _render_mastodon(request, page, request.POST.get("post"), typed=typed[:300], host=host, is_wrong=not host)


def _render_mastodon(
    request: HttpRequest,
    page: CampaignPage,
    key: str | None,
    *,
    typed: str = "",
    host: str | None = None,
    is_wrong: bool = False,
) -> HttpResponse:
    network = NETWORKS["mastodon"]
    post = _post(page, key, network)
    context = {
        "page": page,
        "post": post,
        "text": post.words if post else share_text(network, str(page.headline), page.absolute_url),
        "typed": typed,
        "host": host,
        "link": _form_address(page, post, network, host) if host else "",
        "is_wrong": is_wrong,
    }
    return render(request, "campaigns/sharing/mastodon.html", context, status=422 if is_wrong else 200)


@require_POST
@same_site_only
@opens(lambda: Signature.objects.select_related("petition"))
def asked(request: HttpRequest, signature: Signature) -> HttpResponse:
    """Whether a signer sent the message to a friend: a yes is one more in a number, and nothing else is noted."""
    sent = request.POST.get("sent", "")
    if sent not in ("yes", "later"):
        return HttpResponseBadRequest()
    home = home_of(signature.petition, reader_language())
    if sent == "yes" and home and not home.is_over and signature.is_confirmed:
        count_deed(request, home.campaign.pk, DeedCount.Channel.ASKED)
    own_page = reverse("petitions:signature", args=[token_for(signature)])
    return redirect_with_notice(own_page, f"asked-{sent}", at="friend", asked=sent)
