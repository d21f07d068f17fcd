"""Reading comments and writing them without signing."""

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from .. import commenting
from ..forms import CommentForm
from ..links import petition_page, token_for
from ..models import Comment, Petition
from ..network import same_site_only
from ..pages import public_page
from ..paging import KeyPage, page_before
from ..throttling import COMMENTING_BY_NETWORK, ThrottledError
from .petition import visible_petition
from .throttled import add_throttled_error, may_mail
from .tokens import opens

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


@public_page(parameters=("before", "reply_to"))
def _read(request: HttpRequest, slug: str) -> HttpResponse:
    petition = visible_petition(slug)
    form = CommentForm(petition=petition, initial={"parent": request.GET.get("reply_to")})
    return _render_comments(request, petition, form)


def _render_comments(request: HttpRequest, petition: Petition, form: CommentForm, status: int = 200) -> HttpResponse:
    asked = str(form["parent"].value() or "")
    parent = (
        form.answerable.filter(pk=asked).first() if asked.isascii() and asked.isdigit() and len(asked) < 19 else None
    )
    context = {
        "petition": petition,
        "text": petition.text(),
        "page": comment_page(petition, request.GET.get("before")),
        "comment_form": form,
        "parent": parent,
    }
    return render(request, "petitions/comments.html", context, status=status)


def _write(request: HttpRequest, slug: str) -> HttpResponse:
    petition = visible_petition(slug)
    form = CommentForm(request.POST, petition=petition)
    if not form.is_valid():
        return _render_comments(request, petition, form, status=422)
    data = form.cleaned_data
    try:
        is_mailed = may_mail(request, COMMENTING_BY_NETWORK, data["email"])
    except ThrottledError as error:
        add_throttled_error(form, error)
        return _render_comments(request, petition, form, status=429)
    commenting.comment_unsigned(
        petition,
        name=data["name"],
        email=data["email"],
        text=data["text"],
        language=get_language() or "en",
        parent=data["parent"],
        may_mail=is_mailed,
    )
    return redirect("petitions:check-inbox", slug=slug)


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
        "language_path": petition_page(comment.petition, get_language() or "en"),
    }
    return render(request, "petitions/comment_deleted.html", context)
