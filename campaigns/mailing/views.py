"""The page on which an update is sent by mail: who gets it, what they read, a try, and the button."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from petitions import mailing as verbs
from petitions.keyset import parsed_key
from petitions.mail.rendering import HTML_PART_POLICY
from petitions.mailing import MailingRefusedError
from petitions.models import Mailing, MailingText

from ..models import Update
from ..staff.problems import page_of
from .forms import MailUpdateForm
from .preparing import about, offered_campaigns, seal, words_of
from .screen import Progress, Recipients, html_of, previews, unsaved

S = Mailing.State


def _update(request: HttpRequest, key: str) -> Update:
    if not request.user.has_perm("petitions.send_mailing"):
        raise PermissionDenied
    return get_object_or_404(Update.objects.select_related("campaign", "story"), pk=parsed_key(key) or 0)


def _latest(update: Update) -> Mailing | None:
    """The one that was asked for last; drafts are nobody's but their writer's."""
    mailings = Mailing.objects.of(about(update)).exclude(state=S.DRAFT)
    return mailings.select_related("asked_by", "approved_by").first()


@require_http_methods(["GET", "HEAD", "POST"])
def mail(request: HttpRequest, key: str, site: dict[str, Any]) -> HttpResponse:
    update = _update(request, key)
    if request.method == "POST" and request.POST.get("act") in ("approve", "stop"):
        return _decide(request, update)
    form = MailUpdateForm(request.POST if request.method == "POST" else None, offered=offered_campaigns(update))
    status = 200
    if request.method == "POST":
        assert request.user.is_authenticated
        if not form.is_valid():
            status = 422
        elif request.POST.get("act") == "test":
            _send_test(request, update, form, request.user)
        elif request.POST.get("act") == "ask":
            if _ask(request, update, form, request.user):
                return redirect("admin:campaigns_update_mail", update.pk)
            status = 409
    context = site | _page(request, update, form)
    return TemplateResponse(request, "admin/campaigns/mail_update.html", context, status=status)


def _page(request: HttpRequest, update: Update, form: MailUpdateForm) -> dict[str, Any]:
    latest = _latest(update)
    context: dict[str, Any] = {
        "title": gettext("Send this update by mail"),
        "update": update,
        "update_url": page_of(update),
        "mailing": latest,
        "progress": Progress.of(latest) if latest and latest.state != S.ASKED else None,
        "is_own": latest is not None and latest.asked_by_id == request.user.pk,
    }
    if latest and latest.state in (S.ASKED, S.SENDING):
        texts = list(latest.texts.select_related("petition"))
        return context | {"previews": previews(texts), "is_live": True}
    if verbs.is_too_late(about(update)) or not update.texts.exists() or not form.offered.exists():
        return context | {"is_too_late": verbs.is_too_late(about(update))}
    words = words_of(update, form.chosen)
    texts = unsaved([MailingText(**vars(each)) for each in words])
    return context | {
        "form": form,
        "seal": seal(words),
        "previews": previews(texts),
        "recipients": Recipients.of(about(update), {text.petition_id for text in texts}),
    }


def _send_test(request: HttpRequest, update: Update, form: MailUpdateForm, actor: AbstractBaseUser) -> None:
    try:
        with transaction.atomic():
            draft = verbs.write(about(update), update.owner.source_language, words_of(update, form.chosen))
            count = verbs.send_test(draft, actor)
    except MailingRefusedError as error:
        messages.error(request, str(error))
        return
    message = ngettext(
        "%(count)s mail is on its way to %(address)s.", "%(count)s mails are on their way to %(address)s.", count
    )
    messages.success(request, message % {"count": count, "address": getattr(actor, "email", "")})


def _ask(request: HttpRequest, update: Update, form: MailUpdateForm, actor: AbstractBaseUser) -> bool:
    words = words_of(update, form.chosen)
    if seal(words) != form.cleaned_data["seal"]:
        messages.error(request, gettext("The words have changed since you saw them. Look again, then press once more."))
        return False
    try:
        with transaction.atomic():
            draft = verbs.write(about(update), update.owner.source_language, words)
            verbs.ask(draft, actor, hours=form.chosen_hours)
    except MailingRefusedError as error:
        messages.error(request, str(error))
        return False
    if draft.state == S.ASKED:
        messages.success(request, gettext("Asked. It goes out once a second person has said yes."))
    else:
        messages.success(request, gettext("It is on its way."))
    return True


def _decide(request: HttpRequest, update: Update) -> HttpResponse:
    """On the very mailing that the page showed."""
    assert request.user.is_authenticated
    key = parsed_key(request.POST.get("mailing")) or 0
    shown = Mailing.objects.of(about(update)).filter(pk=key).first()
    if shown is None:
        raise Http404
    decision, said = {
        "approve": (verbs.approve, gettext("Approved: it is on its way.")),
        "stop": (verbs.stop, gettext("Stopped. Nothing more of it is sent.")),
    }[request.POST["act"]]
    try:
        decision(shown, request.user)
        messages.success(request, said)
    except MailingRefusedError as error:
        messages.error(request, str(error))
    return redirect("admin:campaigns_update_mail", update.pk)


@require_safe
def preview(request: HttpRequest, key: str, language: str) -> HttpResponse:
    """The HTML part as a mail program shows it: with its own styles, without scripts."""
    update = _update(request, key)
    petition = parsed_key(request.GET.get("petition"))
    latest = _latest(update)
    if latest and latest.state in (S.ASKED, S.SENDING):
        texts = list(latest.texts.filter(petition=petition, language=language).select_related("petition"))
    else:
        words = words_of(update, offered_campaigns(update).filter(petition=petition))
        texts = unsaved([MailingText(**vars(each)) for each in words if each.language == language])
    if not texts:
        raise Http404
    response = HttpResponse(html_of(texts[0]))
    response.headers["Content-Security-Policy"] = HTML_PART_POLICY
    return response
