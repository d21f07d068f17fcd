"""After a form that is confirmed by mail: where we wrote, and what to do when nothing comes.

Known and unknown addresses get the same page: it is made of what was typed, not of what is stored.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db.models import Model
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from .. import resending
from ..captcha import allows_captcha
from ..consent import consent_text
from ..envelopes import LONGEST, enclosed, opened
from ..forms import CommentForm, FollowForm, SignForm
from ..languages import reader_language
from ..models import Comment, Follower, OutboxMail, Petition, Signature
from ..notices import notice_of, redirect_with_notice
from ..origin import client_network, same_site_only
from ..page_cache import public_page
from ..throttling import ThrottledError
from ..typed import typed
from .visible import visible_petition

Kind = OutboxMail.Kind
PEOPLE: dict[str, type[Model]] = {Kind.SIGNED: Signature, Kind.COMMENTED: Comment, Kind.FOLLOWED: Follower}
FORMS: dict[str, tuple[str, Callable[..., BaseForm]]] = {
    Kind.SIGNED: ("sign_form", SignForm),
    Kind.COMMENTED: ("comment_form", CommentForm),
    Kind.FOLLOWED: ("follow_form", FollowForm),
}
# The address is written anew; the others are no words of the person.
NOT_KEPT = ("email", "leave_empty", "captcha")


@require_safe
@public_page()
def check_inbox(request: HttpRequest, slug: str) -> HttpResponse:
    """Where nobody knows any more what was typed."""
    petition = visible_petition(slug)
    return render(request, "petitions/check_inbox.html", {"petition": petition, "text": petition.text()})


def look_into_inbox(petition: Petition, form: BaseForm, kind: OutboxMail.Kind, pk: int) -> HttpResponse:
    """To a page of the person's own, so that a reload sends nothing anew."""
    kept = {name: value for name, value in typed(form).items() if name not in NOT_KEPT}
    said = {"kind": kind.value, "petition": petition.pk, "email": form.cleaned_data["email"], "kept": kept}
    token = enclosed(pk, said)
    if len(token) > LONGEST:
        said["kept"] = {name: value for name, value in kept.items() if name not in ("comment", "text")}
        token = enclosed(pk, said | {"is_cut": True})
    return redirect("petitions:sent", slug=petition.slug, token=token)


def _opens(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Hand the view what its token holds; one that is too old leads to the page that knows nothing."""

    @never_cache
    @wraps(view)
    def opened_for(request: HttpRequest, slug: str, token: str) -> HttpResponse:
        petition = visible_petition(slug)
        found = opened(token)
        if found is None or found[1]["petition"] != petition.pk:
            return redirect("petitions:check-inbox", slug=slug)
        key, said = found
        return view(request, petition, token, said | {"pk": key})

    return opened_for


@require_safe
@allows_captcha
@_opens
def sent(request: HttpRequest, petition: Petition, token: str, said: dict[str, Any]) -> HttpResponse:
    return _render_sent(request, petition, token, said)


def _render_sent(
    request: HttpRequest, petition: Petition, token: str, said: dict[str, Any], minutes: int = 0
) -> HttpResponse:
    text = petition.text()
    name, form = FORMS[said["kind"]]
    context = {
        "petition": petition,
        "text": text,
        "consent": consent_text(text) if text else "",
        "kind": said["kind"],
        "address": said["email"],
        "is_cut": said.get("is_cut", False),
        "token": token,
        "language_path": reverse("petitions:sent", args=[petition.slug, token]),
        "was_sent_again": notice_of(request, ["again"]) == "again",
        "wait_minutes": minutes,
        name: form(petition=petition, initial=said["kept"]),
    }
    return render(request, "petitions/check_inbox.html", context, status=429 if minutes else 200)


@require_POST
@same_site_only
@_opens
def send_again(request: HttpRequest, petition: Petition, token: str, said: dict[str, Any]) -> HttpResponse:
    """To the same person as before; who it is stands in the token, and nobody else can make one."""
    kind = Kind(said["kind"])
    person: Any = PEOPLE[kind]._default_manager.filter(pk=said["pk"]).first()
    try:
        if person is not None:  # erased meanwhile
            network = client_network(request)
            resending.send_again(kind, person, reader_language(), asked_in=token, network=network)
    except ThrottledError as error:
        answer = _render_sent(request, petition, token, said, minutes=-(-error.retry_after // 60))
        answer.headers["Retry-After"] = str(error.retry_after)
        return answer
    return redirect_with_notice(reverse("petitions:sent", args=[petition.slug, token]), "again", at="again")
