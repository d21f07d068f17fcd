"""Following a petition by e-mail."""

from functools import partial

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from .. import following
from ..forms import FollowForm
from ..languages import reader_language
from ..lifecycle import NotOpenError
from ..links import petition_page, token_for
from ..models import Follower, OutboxMail, Petition
from ..origin import client_network, same_site_only
from ..throttling import ThrottledError
from ..typed import is_only_shown, typed
from .inbox import look_into_inbox
from .petition import closed
from .throttled import too_many
from .tokens import opens
from .visible import visible_petition


@require_POST
@same_site_only
def follow(request: HttpRequest, slug: str) -> HttpResponse:
    petition = visible_petition(slug)
    form = FollowForm(request.POST, petition=petition)
    if is_only_shown(request):
        return _render_follow(request, petition, FollowForm(petition=petition, initial=typed(form)))
    show = partial(_render_follow, request, petition, form)
    if not form.is_valid():
        return show(status=422)
    email = form.cleaned_data["email"]
    try:
        follower = following.follow(petition, email=email, language=reader_language(), network=client_network(request))
    except NotOpenError:
        return closed(request, petition, petition.text())
    except ThrottledError as error:
        return too_many(form, error, show)
    return look_into_inbox(petition, form, OutboxMail.Kind.FOLLOWED, follower.pk)


def _render_follow(request: HttpRequest, petition: Petition, form: FollowForm, status: int = 200) -> HttpResponse:
    context = {
        "petition": petition,
        "text": petition.text(),
        "follow_form": form,
        "typed_form": form.helper.form_id,
        "language_path": petition_page(petition, reader_language()),
    }
    return render(request, "petitions/follow.html", context, status=status)


def _followers() -> QuerySet[Follower]:
    return Follower.objects.select_related("petition")


@require_http_methods(["GET", "HEAD", "POST"])
@same_site_only
@opens(_followers)
def confirm(request: HttpRequest, follower: Follower) -> HttpResponse:
    if request.method == "POST":
        following.confirm_follow(follower)
        return redirect("petitions:follow-confirm", token=token_for(follower))
    context = {
        "follower": follower,
        "petition": follower.petition,
        "text": follower.petition.text(),
        "token": token_for(follower),
    }
    return render(request, "petitions/confirm_follow.html", context)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@opens(_followers)
def stop(request: HttpRequest, follower: Follower) -> HttpResponse:
    """Also the one-click address of RFC 8058, so any origin may post."""
    if request.method == "POST":
        following.stop_following(follower)
    context = {
        "petition": follower.petition,
        "text": follower.petition.text(),
        "token": token_for(follower),
        "is_stopped": request.method == "POST" or follower.stopped_at is not None,
    }
    return render(request, "petitions/stop_following.html", context)
