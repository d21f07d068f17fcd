"""A signer's own pages, opened by the signed link in their mail."""

from contextlib import suppress
from functools import partial
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from .. import commenting, personal_data, signing
from ..counting import exact_count
from ..forms import ChangeForm, SignerCommentForm
from ..languages import reader_language
from ..lifecycle import NotOpenError
from ..links import token_for
from ..models import Comment, Signature
from ..notices import notice_of, redirect_with_notice
from ..origin import same_site_only
from ..throttling import ThrottledError
from ..typed import is_only_shown, typed
from .throttled import too_many
from .tokens import opens

CONFIRMED, CHANGED, COMMENTED = ACTS = ("confirmed", "changed", "commented")


def _signatures() -> QuerySet[Signature]:
    """With the words that wait beside the signature, so that confirming takes no statement more for them."""
    words = Comment.objects.filter(signature=OuterRef("pk"), confirmed_at__isnull=True).values("text")[:1]
    waiting = {"waiting_comment": Coalesce(Subquery(words), Value(""), output_field=TextField())}
    unread = [f"signed_text__{field}" for field in ("title", "body", "consent")]
    return Signature.objects.select_related("petition", "signed_text").defer(*unread).annotate(**waiting)


def _own_page(request: HttpRequest, signature: Signature, status: int = 200, **shown: object) -> HttpResponse:
    context = {
        "signature": signature,
        "petition": signature.petition,
        "text": signature.petition.text(),
        "token": token_for(signature),
        "language_path": reverse("petitions:signature", args=[token_for(signature)]),
        "count": exact_count(signature.petition),
        "comments": signature.comments.order_by("-pk"),
        "change_form": ChangeForm(instance=signature),
        "comment_form": SignerCommentForm(),
        "notice": notice_of(request, ACTS) if request.method == "GET" else "",
        **shown,
    }
    return render(request, "petitions/signature.html", context, status=status)


def _back(signature: Signature, act: str, at: str = "") -> HttpResponse:
    """To the own page, which says what was done where it was done."""
    return redirect_with_notice(reverse("petitions:signature", args=[token_for(signature)]), act, at=at)


@require_safe
@opens(_signatures)
def signature(request: HttpRequest, signature: Signature) -> HttpResponse:
    """Thank-you page and signer's own page in one: whoever comes back finds what they can change."""
    if signature.state == Signature.State.PENDING:
        return redirect("petitions:signature-confirm", token=token_for(signature))
    return _own_page(request, signature)


@require_http_methods(["GET", "HEAD", "POST"])
@same_site_only
@opens(_signatures)
def confirm(request: HttpRequest, signature: Signature) -> HttpResponse:
    """GET shows one button, for mail scanners open links; POST confirms, as often as it is sent.

    What was changed after the page was shown is shown again instead of confirmed.
    """
    token = token_for(signature)
    if signature.state not in Signature.CAN_BE_CONFIRMED:
        return redirect("petitions:signature", token=token)
    seal = signing.seal(signature, signature.waiting_comment)
    is_sealed = constant_time_compare(request.POST.get("seal", ""), seal)
    if request.method == "POST" and is_sealed:
        with suppress(NotOpenError):
            signing.confirm(signature)
            return _back(signature, CONFIRMED)
    context: dict[str, Any] = {"petition": signature.petition, "text": signature.petition.text()}
    if not signature.petition.can_be_confirmed:
        return render(request, "petitions/closed.html", context, status=409)
    context |= {"signature": signature, "token": token, "seal": seal, "is_changed": request.method == "POST"}
    return render(request, "petitions/confirm_signature.html", context)


@require_POST
@same_site_only
@opens(_signatures)
def change(request: HttpRequest, signature: Signature) -> HttpResponse:
    form = ChangeForm(request.POST, instance=signature)
    if is_only_shown(request):
        again = ChangeForm(instance=signature, initial=typed(form))
        return _own_page(request, signature, change_form=again, typed_form="change-form")
    if not form.is_valid():
        # The form has written its values into the instance: the rest of the page shows what is stored.
        stored = _signatures().get(pk=signature.pk)
        return _own_page(request, stored, status=422, change_form=form, typed_form="change-form")
    signing.change(signature, **form.cleaned_data)
    return _back(signature, CHANGED, at="yours")


@require_POST
@same_site_only
@opens(_signatures)
def comment(request: HttpRequest, signature: Signature) -> HttpResponse:
    form = SignerCommentForm(request.POST)
    if is_only_shown(request):
        again = SignerCommentForm(initial=typed(form))
        return _own_page(request, signature, comment_form=again, typed_form="own-comment-form")
    show = partial(_own_page, request, signature, comment_form=form, typed_form="own-comment-form")
    if not form.is_valid():
        return show(status=422)
    try:
        commenting.comment_signed(signature, **form.cleaned_data, language=reader_language())
    except commenting.NotConfirmedError:
        return show(status=422)
    except ThrottledError as error:
        return too_many(form, error, show)
    return _back(signature, COMMENTED, at="comment")


@require_POST
@same_site_only
@opens(_signatures)
def confirm_comments(request: HttpRequest, signature: Signature) -> HttpResponse:
    """Send on what was written into the sign form when this address had signed already."""
    if signature.is_confirmed:
        for waiting in signature.comments.filter(confirmed_at__isnull=True):
            commenting.confirm_comment(waiting)
    return _back(signature, COMMENTED, at="comment")


@require_POST
@same_site_only
@opens(_signatures)
def withdraw(request: HttpRequest, signature: Signature) -> HttpResponse:
    signing.withdraw(signature)
    return redirect("petitions:signature", token=token_for(signature))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@opens(_signatures)
def stop_mails(request: HttpRequest, signature: Signature) -> HttpResponse:
    """Also the one-click address of RFC 8058: mail providers post here without cookies, so any origin may."""
    if request.method == "POST":
        signing.stop_mails(signature)
    context = {
        "petition": signature.petition,
        "text": signature.petition.text(),
        "own_url": reverse("petitions:signature", args=[token_for(signature)]),
        "stop_url": reverse("petitions:signature-stop-mails", args=[token_for(signature)]),
        "is_stopped": request.method == "POST" or signature.mails_stopped_at is not None,
    }
    return render(request, "petitions/stop_mails.html", context)


@require_safe
@opens(lambda: Signature.objects.select_related("petition", "signed_text"))
def data(request: HttpRequest, signature: Signature) -> HttpResponse:
    response = JsonResponse(personal_data.own_data(signature), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response.headers["Content-Disposition"] = f'attachment; filename="signature-{signature.petition.slug}.json"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@same_site_only
@opens(_signatures)
def erase(request: HttpRequest, signature: Signature) -> HttpResponse:
    """GET asks once more; POST erases."""
    context = {
        "petition": signature.petition,
        "text": signature.petition.text(),
        "token": token_for(signature),
    }
    if request.method == "POST":
        personal_data.erase(signature)
        return render(request, "petitions/erased.html", context)
    return render(request, "petitions/confirm_erase.html", context)
