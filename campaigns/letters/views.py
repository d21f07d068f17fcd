"""Writing a letter: what is typed goes into the answer and nowhere else."""

import re
from collections.abc import Callable
from functools import partial, wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from petitions.languages import reader_language
from petitions.links import token_for
from petitions.models import Signature
from petitions.origin import client_network, same_site_only
from petitions.page_cache import public_page
from petitions.throttling import PAPER_BY_NETWORK, ThrottledError, count_or_refuse
from petitions.typed import is_only_shown, typed
from petitions.views.throttled import too_many
from petitions.views.tokens import opens

from ..deeds.views import count_deed
from ..models import DeedCount
from ..reading.page import page_or_404
from ..reading.petition_home import home_of
from ..typesetting.compiling import UnprintableError, is_available
from .composing import ComposedLetter, Composer
from .forms import ComposerForm
from .paper import typesetting
from .paper.coverage import missing_glyphs
from .paper.qr import qr_svg
from .postal import paper_size
from .sheets import PAPERS, addresses, sheets

Channel = DeedCount.Channel
# The number of a letter and a language, as OfferedLetter.key writes them.
KEY_OF_A_LETTER = re.compile(r"[0-9]{1,19}-[A-Za-z0-9-]{2,35}", re.ASCII)


def _composer(slug: str) -> Composer:
    return Composer(page_or_404(slug))


@require_http_methods(["GET", "HEAD", "POST"])
@same_site_only
def letter(request: HttpRequest, slug: str) -> HttpResponse:
    """GET shows a suggested letter; POST fills it in and offers the ways to send it."""
    return _prepared(request, slug) if request.method == "POST" else _suggested(request, slug)


@require_safe
@public_page(letter=lambda text: text if KEY_OF_A_LETTER.fullmatch(text) else "")
def _suggested(request: HttpRequest, slug: str) -> HttpResponse:
    composer = _composer(slug)
    return _show(request, composer, ComposerForm(composer=composer, initial={"letter": request.GET.get("letter", "")}))


@cache_control(private=True, no_cache=True)
def _prepared(request: HttpRequest, slug: str) -> HttpResponse:
    """Kept by the reader's own browser alone, or its Back button would ask to send the form anew."""
    composer = _composer(slug)
    if composer.page.campaign.is_closed:
        return redirect(composer.page.letter_path)
    form = ComposerForm(request.POST, composer=composer)
    if is_only_shown(request):
        return _show(request, composer, ComposerForm(composer=composer, initial=typed(form)))
    if not form.is_valid():
        return _show(request, composer, form, status=422)
    count_deed(request, composer.page.campaign.pk, Channel.LETTER)
    return _show(request, composer, form, ready=_composed(composer, form))


def _composed(composer: Composer, form: ComposerForm) -> ComposedLetter | None:
    chosen = composer.choose(form.cleaned_data["letter"])
    return composer.compose(chosen, form.sender(), {int(key) for key in form.chosen()}) if chosen else None


def _show(
    request: HttpRequest,
    composer: Composer,
    form: ComposerForm,
    *,
    ready: ComposedLetter | None = None,
    status: int = 200,
    own_path: str = "",
) -> HttpResponse:
    page = composer.page
    chosen = composer.choose(str(form["letter"].value() or ""))
    if chosen is None:
        return redirect(page.url)
    form.initial["letter"] = chosen.key
    context = {
        "page": page,
        "campaign": page.campaign,
        "composer": composer,
        "form": form,
        "typed_form": "composer",
        "typed_path": page.letter_path,
        "ready": ready,
        "letter": ready or composer.compose(chosen),
        "addresses": addresses(ready) if ready else [],
        "offers_pdf": ready is not None and is_available(),
        "missing": " ".join(sorted(_missing(ready))[:20]) if ready else "",
        "papers": _papers(ready),
        "is_private": bool(own_path),
        "language_path": own_path or page.letter_path,
    }
    return render(request, "campaigns/letters/letter.html", context, status=status)


def _papers(letter: ComposedLetter | None) -> list[tuple[str, str]]:
    """What the sender's country prints on comes first."""
    names = {"a4": "A4", "us-letter": "US Letter"}
    first = paper_size(letter.sender.country) if letter else PAPERS[0]
    return [(paper, names[paper]) for paper in sorted(PAPERS, key=lambda paper: paper != first)]


def _missing(letter: ComposedLetter) -> set[str]:
    """What our fonts cannot draw; the print view, with the reader's own fonts, remains."""
    return set().union(*(missing_glyphs(text) for sheet in sheets(letter) for text in sheet.texts))


def _answers(channel: str) -> Callable[..., Callable[..., HttpResponse]]:
    """The view gets the letter that was typed, and its deed is counted; mistakes lead back to the form."""

    def decorate(view: Callable[[HttpRequest, Composer, ComposedLetter], HttpResponse]) -> Callable[..., HttpResponse]:
        @require_POST
        @same_site_only
        @never_cache
        @wraps(view)
        def answered(request: HttpRequest, slug: str) -> HttpResponse:
            composer = _composer(slug)
            if composer.page.campaign.is_closed:
                return redirect(composer.page.letter_path)
            form = ComposerForm(request.POST, composer=composer)
            ready = _composed(composer, form) if form.is_valid() else None
            if ready is None:
                return _show(request, composer, form, status=422)
            try:
                response = view(request, composer, ready)
            except UnprintableError:
                form.add_error(None, gettext("This letter cannot be made a PDF. Use the print view."))
                return _show(request, composer, form, status=422)
            except ThrottledError as error:
                return too_many(form, error, partial(_show, request, composer, form))
            count_deed(request, composer.page.campaign.pk, channel)
            return response

        return answered

    return decorate


@_answers(Channel.DRAFT)
def draft(request: HttpRequest, composer: Composer, letter: ComposedLetter) -> HttpResponse:
    return _file(letter.message.draft(), "message/rfc822", f"{composer.page.campaign.slug}.eml")


@_answers(Channel.PDF)
def pdf(request: HttpRequest, composer: Composer, letter: ComposedLetter) -> HttpResponse:
    _may_set(request)
    content = typesetting.letter_pdf(sheets(letter, request.POST.get("paper", "")))
    return _file(content, "application/pdf", f"{composer.page.campaign.slug}.pdf")


@_answers(Channel.PAPER)
def paper(request: HttpRequest, composer: Composer, letter: ComposedLetter) -> HttpResponse:
    context = {"letters": sheets(letter, request.POST.get("paper", "")), "qr": qr_svg(letter.link)}
    return render(request, "campaigns/letters/paper_letter.html", context)


@_answers(Channel.LABELS)
def labels(request: HttpRequest, composer: Composer, letter: ComposedLetter) -> HttpResponse:
    context = {"addresses": addresses(letter), "paper": sheets(letter)[0].paper}
    return render(request, "campaigns/letters/paper_labels.html", context)


@_answers(Channel.LABELS)
def labels_pdf(request: HttpRequest, composer: Composer, letter: ComposedLetter) -> HttpResponse:
    found = addresses(letter)
    if not found:
        raise Http404("nobody has a postal address")
    _may_set(request)
    content = typesetting.labels_pdf(found, sheets(letter)[0].paper)
    return _file(content, "application/pdf", f"{composer.page.campaign.slug}-labels.pdf")


def _may_set(request: HttpRequest) -> None:
    """Raises Http404 where nothing sets PDFs, ThrottledError where one network wants too many."""
    if not is_available():
        raise Http404("no PDF here")
    count_or_refuse((PAPER_BY_NETWORK, client_network(request)))


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=content_type, headers=headers)


@require_safe
@opens(lambda: Signature.objects.select_related("petition"))
def signer_letter(request: HttpRequest, signature: Signature) -> HttpResponse:
    """The composer with what the signer wrote already. Their signed link opens it: no name stands in an address."""
    home = home_of(signature.petition, reader_language())
    if home is None or not signature.is_confirmed:
        return redirect("petitions:signature", token=token_for(signature))
    composer = Composer(home.page)
    if home.is_over:
        return redirect(composer.page.letter_path)
    known = {"name": signature.name, "address": signature.city, "country": str(signature.country)}
    return _show(request, composer, ComposerForm(composer=composer, initial=known), own_path=request.path)
