"""Reading a petition and signing it."""

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from .. import signing
from ..captcha import allows_captcha
from ..consent import consent_text
from ..counting import read_counts
from ..forms import SignForm
from ..links import petition_page
from ..models import Petition, PetitionText, Signature
from ..network import same_site_only
from ..pages import public_page
from ..paging import page_before
from ..throttling import SIGNING_BY_NETWORK, ThrottledError
from .throttled import add_throttled_error, may_mail

SIGNATURES_A_PAGE = 100


def visible_petition(slug: str) -> Petition:
    """A petition the public may read, with its texts, in one statement. Raises Http404."""
    texts = list(
        PetitionText.objects.select_related("petition").filter(
            petition__in=Petition.objects.visible(), petition__slug=slug
        )
    )
    petition = texts[0].petition if texts else get_object_or_404(Petition.objects.visible(), slug=slug)
    petition.loaded_texts = texts
    return petition


def kept_petition(slug: str) -> Petition:
    """As `visible_petition`, remembered as long as the page that shows it: fetching it is a third of signing's work."""
    if not settings.PAGE_CACHE_SECONDS:
        return visible_petition(slug)
    key = f"petition.{slug}"
    petition: Petition | None = cache.get(key)
    if petition is None:
        petition = visible_petition(slug)
        cache.set(key, petition, settings.PAGE_CACHE_SECONDS)
    return petition


@require_safe
@allows_captcha
@public_page()
def petition(request: HttpRequest, slug: str) -> HttpResponse:
    """The petition's own page; where a campaign tells its story, that page."""
    petition = visible_petition(slug)
    if petition.page_path:
        return redirect(petition_page(petition, get_language() or "en"))
    return _render_petition(request, petition, SignForm(petition=petition))


def _render_petition(request: HttpRequest, petition: Petition, form: SignForm, status: int = 200) -> HttpResponse:
    text = petition.text()
    context = {
        "petition": petition,
        "text": text,
        "consent": consent_text(text) if text else "",
        "sign_form": form,
        "language_path": petition_page(petition, get_language() or "en"),
        "count": read_counts([petition.pk])[petition.pk].total,
    }
    return render(request, "petitions/petition.html", context, status=status)


@require_POST
@same_site_only
@allows_captcha
def sign(request: HttpRequest, slug: str) -> HttpResponse:
    petition = kept_petition(slug)
    text = petition.text()
    form = SignForm(request.POST, petition=petition)
    if not petition.is_open or text is None:
        context = {"petition": petition, "text": text, "language_path": petition_page(petition, get_language() or "en")}
        return render(request, "petitions/closed.html", context, status=409)
    if not form.is_valid():
        return _render_petition(request, petition, form, status=422)
    details = form.details()
    try:
        is_mailed = may_mail(request, SIGNING_BY_NETWORK, details.email)
    except ThrottledError as error:
        add_throttled_error(form, error)
        response = _render_petition(request, petition, form, status=429)
        response.headers["Retry-After"] = str(error.retry_after)
        return response
    signing.sign(petition, text, details, may_mail=is_mailed)
    return redirect("petitions:check-inbox", slug=slug)


@require_safe
@public_page()
def check_inbox(request: HttpRequest, slug: str) -> HttpResponse:
    """What everybody sees after signing, whether the address was new or known."""
    petition = visible_petition(slug)
    return render(request, "petitions/check_inbox.html", {"petition": petition, "text": petition.text()})


@require_safe
@public_page(parameters=("before",))
def signatures(request: HttpRequest, slug: str) -> HttpResponse:
    """Who signed, as each chose to be shown, newest first."""
    petition = visible_petition(slug)
    page = page_before(
        Signature.objects.visible().filter(petition=petition), request.GET.get("before"), SIGNATURES_A_PAGE
    )
    count = read_counts([petition.pk])[petition.pk].total
    context = {"petition": petition, "text": petition.text(), "page": page, "count": count}
    return render(request, "petitions/signatures.html", context)
