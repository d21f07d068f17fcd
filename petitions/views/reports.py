"""Reporting a comment: without an account, without JavaScript."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from .. import reporting
from ..comment_forms import ReportForm
from ..keyset import parsed_key
from ..languages import reader_language
from ..models import Comment
from ..origin import client_network, same_site_only
from ..page_cache import given, public_page
from ..throttling import ThrottledError
from ..typed import is_only_shown, typed
from .throttled import too_many


def _comment_or_404(number: str) -> Comment:
    rows = Comment.objects.visible().select_related("petition", "signature")
    key = parsed_key(number)
    comment = rows.filter(pk=key).first() if key else None
    if comment is None or not comment.petition.is_visible:
        raise Http404
    return comment


@require_http_methods(["GET", "HEAD", "POST"])
@same_site_only
def report(request: HttpRequest, number: str) -> HttpResponse:
    return _send(request, number) if request.method == "POST" else _ask(request, number)


@public_page(done=given)
def _ask(request: HttpRequest, number: str) -> HttpResponse:
    try:
        comment = _comment_or_404(number)
    except Http404:
        return _gone(request)
    return _show(request, comment, ReportForm(comment=comment), is_done="done" in request.GET)


def _send(request: HttpRequest, number: str) -> HttpResponse:
    try:
        comment = _comment_or_404(number)
    except Http404:
        return _gone(request)
    form = ReportForm(request.POST, comment=comment)
    if is_only_shown(request):
        return _show(request, comment, ReportForm(comment=comment, initial=typed(form)))
    show = partial(_show, request, comment, form)
    if not form.is_valid():
        return show(status=422)
    try:
        reporting.report(comment, **form.said(), language=reader_language(), network=client_network(request))
    except ThrottledError as error:
        return too_many(form, error, show)
    except reporting.NothingToReportError:
        return _gone(request)
    return redirect(f"{reverse('petitions:comment-report', args=[comment.pk])}?done=1")


def _gone(request: HttpRequest) -> HttpResponse:
    """Links to it stand in copies of pages that are some seconds old."""
    return render(request, "petitions/report_gone.html", status=404)


def _show(
    request: HttpRequest, comment: Comment, form: ReportForm, *, is_done: bool = False, status: int = 200
) -> HttpResponse:
    context = {
        "comment": comment,
        "petition": comment.petition,
        "text": comment.petition.text(),
        "form": form,
        "typed_form": form.helper.form_id,
        "is_done": is_done,
        "language_path": reverse("petitions:comment-report", args=[comment.pk]),
    }
    return render(request, "petitions/report.html", context, status=status)
