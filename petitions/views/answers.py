"""Why a comment is not shown, and what its author answers. Opened by the signed link of the mail."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from .. import answering
from ..comment_forms import ObjectionForm, ResubmitForm
from ..links import token_for
from ..models import Comment, Decision
from ..models.answers import open_answers
from ..notices import notice_of, redirect_with_notice
from ..origin import same_site_only
from .tokens import opens

ACTS = ("resubmitted", "objected")


def _comments() -> QuerySet[Comment]:
    return Comment.objects.select_related("petition", "signature")


def _page(request: HttpRequest, comment: Comment, status: int = 200, **forms: object) -> HttpResponse:
    decision = Decision.objects.standing(comment)
    path = reverse("petitions:comment-decision", args=[token_for(comment)])
    context = {
        "comment": comment,
        "petition": comment.petition,
        "text": comment.petition.text(),
        "decision": decision,
        "reason": decision.reason.text() if decision and decision.reason else None,
        "answers": open_answers(comment, decision),
        "given": list(comment.answers.order_by("pk")),
        "is_shown": Comment.objects.visible().filter(pk=comment.pk).exists(),
        "resubmit_form": ResubmitForm(comment=comment),
        "objection_form": ObjectionForm(comment=comment),
        "notice": notice_of(request, ACTS) if request.method == "GET" else "",
        "token": token_for(comment),
        "language_path": path,
        **forms,
    }
    return render(request, "petitions/decision.html", context, status=status)


@require_safe
@opens(_comments)
def decision(request: HttpRequest, comment: Comment) -> HttpResponse:
    if comment.confirmed_at is None:
        return redirect("petitions:comment-confirm", token=token_for(comment))
    return _page(request, comment)


@require_POST
@same_site_only
@opens(_comments)
def resubmit(request: HttpRequest, comment: Comment) -> HttpResponse:
    form = ResubmitForm(request.POST, comment=comment)
    if not form.is_valid():
        return _page(request, comment, status=422, resubmit_form=form)
    try:
        answering.resubmit(comment, form.cleaned_data["text"])
    except answering.NotAnswerableError:
        return _back(comment)
    return _back(comment, "resubmitted")


@require_POST
@same_site_only
@opens(_comments)
def object_to(request: HttpRequest, comment: Comment) -> HttpResponse:
    form = ObjectionForm(request.POST, comment=comment)
    if not form.is_valid():
        return _page(request, comment, status=422, objection_form=form)
    try:
        answering.object_to_decision(comment, form.cleaned_data["words"])
    except answering.NotAnswerableError:
        return _back(comment)
    return _back(comment, "objected")


def _back(comment: Comment, act: str = "") -> HttpResponse:
    """The page says how it stands by now: sent twice or too late, it is the same page."""
    path = reverse("petitions:comment-decision", args=[token_for(comment)])
    return redirect_with_notice(path, act) if act else redirect(path)
