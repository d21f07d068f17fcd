"""Reading comments and writing them without signing."""

from functools import partial

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from .. import commenting
from ..forms import CommentForm
from ..keyset import KeyPage, page_before, parsed_key
from ..languages import reader_language
from ..links import petition_page, token_for
from ..models import Comment, OutboxMail, Petition
from ..origin import client_network, same_site_only
from ..page_cache import public_page, row_key, row_key_or_404
from ..throttling import ThrottledError
from ..typed import is_only_shown, typed
from .inbox import look_into_inbox
from .throttled import too_many
from .tokens import opens
from .visible import visible_petition

COMMENTS_A_PAGE = 20
REPLIES_A_COMMENT = 50


def comment_page(petition: Petition, before: str | None = None, size: int = COMMENTS_A_PAGE) -> KeyPage[Comment]:
    """Visible comments, newest first, each with its oldest visible replies."""
    replies = Comment.objects.visible().select_related("signature").order_by("pk")[:REPLIES_A_COMMENT]
    comments = (
        petition.comments.visible()
        .top_level()
        .select_related("signature")
        .prefetch_related(Prefetch("replies", queryset=replies, to_attr="visible_replies"))
    )
    return page_before(comments, before, size)


@require_http_methods(["GET", "HEAD", "POST"])
@same_site_only
def comments(request: HttpRequest, slug: str) -> HttpResponse:
    return _write(request, slug) if request.method == "POST" else _read(request, slug)


@public_page(before=row_key_or_404, reply_to=row_key)
def _read(request: HttpRequest, slug: str) -> HttpResponse:
    petition = visible_petition(slug)
    form = CommentForm(petition=petition, initial={"parent": request.GET.get("reply_to")})
    return _render_comments(request, petition, form)


def _render_comments(request: HttpRequest, petition: Petition, form: CommentForm, status: int = 200) -> HttpResponse:
    asked = parsed_key(str(form["parent"].value() or ""))
    context = {
        "petition": petition,
        "text": petition.text(),
        "page": comment_page(petition, request.GET.get("before")),
        "comment_form": form,
        "typed_form": form.helper.form_id,
        "parent": form.answerable.filter(pk=asked).first() if asked else None,
    }
    return render(request, "petitions/comments.html", context, status=status)


def _write(request: HttpRequest, slug: str) -> HttpResponse:
    petition = visible_petition(slug)
    form = CommentForm(request.POST, petition=petition)
    if is_only_shown(request):
        return _render_comments(request, petition, CommentForm(petition=petition, initial=typed(form)))
    show = partial(_render_comments, request, petition, form)
    if not form.is_valid():
        return show(status=422)
    said = {field: form.cleaned_data[field] for field in ("name", "email", "text", "parent", "wants_replies")}
    try:
        comment = commenting.comment_unsigned(
            petition, **said, language=reader_language(), network=client_network(request)
        )
    except ThrottledError as error:
        return too_many(form, error, show)
    return look_into_inbox(petition, form, OutboxMail.Kind.COMMENTED, comment.pk)


def _comments() -> QuerySet[Comment]:
    return Comment.objects.select_related("petition", "signature")


@require_http_methods(["GET", "HEAD", "POST"])
@same_site_only
@opens(_comments)
def confirm(request: HttpRequest, comment: Comment) -> HttpResponse:
    if request.method == "POST":
        commenting.confirm_comment(comment)
        return redirect("petitions:comment-confirm", token=token_for(comment))
    context = {
        "comment": comment,
        "petition": comment.petition,
        "text": comment.petition.text(),
        "token": token_for(comment),
    }
    return render(request, "petitions/confirm_comment.html", context)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@opens(_comments)
def stop_mails(request: HttpRequest, comment: Comment) -> HttpResponse:
    if request.method == "POST":
        commenting.stop_mails(comment)
    context = {
        "petition": comment.petition,
        "text": comment.petition.text(),
        "stop_url": reverse("petitions:comment-stop-mails", args=[token_for(comment)]),
        "is_stopped": request.method == "POST",
    }
    return render(request, "petitions/stop_mails.html", context)


@require_http_methods(["POST"])
@same_site_only
@opens(_comments)
def delete(request: HttpRequest, comment: Comment) -> HttpResponse:
    commenting.delete_comment(comment)
    context = {
        "petition": comment.petition,
        "text": comment.petition.text(),
        "language_path": petition_page(comment.petition, reader_language()),
    }
    return render(request, "petitions/comment_deleted.html", context)
