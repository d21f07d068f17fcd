"""Reading a petition and signing it."""

from functools import partial

from django.conf import settings
from django.core.cache import cache
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from .. import signing
from ..captcha import allows_captcha
from ..consent import consent_text
from ..counting import read_counts
from ..forms import SignForm
from ..keyset import page_before
from ..languages import reader_language
from ..lifecycle import NotOpenError
from ..links import petition_page
from ..models import OutboxMail, Petition, PetitionText, Signature
from ..origin import client_address, client_network, same_site_only
from ..page_cache import public_page, row_key_or_404
from ..throttling import ThrottledError
from ..typed import is_only_shown, typed
from .inbox import look_into_inbox
from .throttled import too_many
from .visible import visible_petition

SIGNATURES_A_PAGE = 100


def kept_petition(slug: str, language: str) -> tuple[Petition, PetitionText | None]:
    """A visible petition and its text for a reader of `language`, remembered as long as the page that shows them:
    fetching them is a third of signing's work. Raises Http404."""
    key = f"petition.{language}.{slug}"
    kept = cache.get(key) if settings.PAGE_CACHE_SECONDS else None
    if kept is None:
        kept = _petition_and_text(slug, language)
        if settings.PAGE_CACHE_SECONDS:
            cache.set(key, kept, settings.PAGE_CACHE_SECONDS)
    return kept


def _petition_and_text(slug: str, language: str) -> tuple[Petition, PetitionText | None]:
    """In one statement, where there is a text."""
    texts = PetitionText.objects.select_related("petition").filter(
        petition__in=Petition.objects.visible(), petition__slug=slug
    )
    text = texts.by_preference(language, F("petition__source_language")).first()
    return (text.petition, text) if text else (visible_petition(slug), None)


@require_safe
@allows_captcha
@public_page()
def petition(request: HttpRequest, slug: str) -> HttpResponse:
    """The petition's own page; where a campaign tells its story, that page."""
    petition = visible_petition(slug)
    if petition.page_path:
        return redirect(petition_page(petition, reader_language()))
    return _render_petition(request, petition, petition.text(), SignForm(petition=petition))


def _render_petition(
    request: HttpRequest, petition: Petition, text: PetitionText | None, form: SignForm, status: int = 200
) -> HttpResponse:
    context = {
        "petition": petition,
        "text": text,
        "consent": consent_text(text) if text else "",
        "sign_form": form,
        "typed_form": form.helper.form_id,
        "language_path": petition_page(petition, reader_language()),
        "count": read_counts([petition.pk])[petition.pk].total,
    }
    return render(request, "petitions/petition.html", context, status=status)


@require_POST
@same_site_only
@allows_captcha
def sign(request: HttpRequest, slug: str) -> HttpResponse:
    petition, text = kept_petition(slug, reader_language())
    form = SignForm(request.POST, petition=petition)
    if text is None:
        return closed(request, petition, text)
    if is_only_shown(request):
        return _render_petition(request, petition, text, SignForm(petition=petition, initial=typed(form)))
    show = partial(_render_petition, request, petition, text, form)
    if not form.is_valid():
        return show(status=422)
    try:
        network, client = client_network(request), client_address(request)
        signature = signing.sign(petition, text, form.details(), network=network, client=client)
    except NotOpenError:
        return closed(request, petition, text)
    except ThrottledError as error:
        return too_many(form, error, show)
    return look_into_inbox(petition, form, OutboxMail.Kind.SIGNED, signature.pk)


def closed(request: HttpRequest, petition: Petition, text: PetitionText | None) -> HttpResponse:
    context = {"petition": petition, "text": text, "language_path": petition_page(petition, reader_language())}
    return render(request, "petitions/closed.html", context, status=409)


@require_safe
@public_page(before=row_key_or_404)
def signatures(request: HttpRequest, slug: str) -> HttpResponse:
    """Who signed, as each chose to be shown, newest first."""
    petition = visible_petition(slug)
    page = page_before(
        Signature.objects.visible().filter(petition=petition), request.GET.get("before"), SIGNATURES_A_PAGE
    )
    count = read_counts([petition.pk])[petition.pk].total
    context = {"petition": petition, "text": petition.text(), "page": page, "count": count}
    return render(request, "petitions/signatures.html", context)
