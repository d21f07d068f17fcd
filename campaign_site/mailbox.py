"""Development mailbox: each mail is kept as a file and shown in the browser, links and all."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import wraps
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage as OutgoingMail
from django.core.mail.backends.base import BaseEmailBackend
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from petitions.mail.rendering import HTML_PART_POLICY

SHOWN_MAILS = 200
SHOWN_HEADERS = ("From", "To", "Cc", "Reply-To", "Date", "Subject", "List-Unsubscribe")


def folder() -> Path:
    return settings.DATA_DIR / "mail"


class MailboxBackend(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[OutgoingMail]) -> int:
        folder().mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            save(message.message().as_bytes())
        return len(email_messages)


def save(mail: bytes) -> Path:
    """The name sorts by time; the file appears whole or not at all."""
    name = f"{timezone.now():%Y%m%d-%H%M%S-%f}-{secrets.token_hex(4)}"
    unfinished = folder() / f"{name}.part"
    unfinished.write_bytes(mail)
    return unfinished.replace(unfinished.with_suffix(".eml"))


@dataclass
class SavedMail:
    name: str
    saved_at: datetime
    message: EmailMessage

    @property
    def headers(self) -> list[tuple[str, str]]:
        return [(name, str(self.message[name])) for name in SHOWN_HEADERS if self.message[name]]

    @property
    def text(self) -> str:
        return self._body("plain")

    @property
    def html(self) -> str:
        return self._body("html")

    def _body(self, kind: str) -> str:
        part = self.message.get_body((kind,))
        return part.get_content() if part else ""


def load(file: Path) -> SavedMail:
    saved_at = datetime.fromtimestamp(file.stat().st_mtime, tz=timezone.get_current_timezone())
    return SavedMail(file.stem, saved_at, message_from_bytes(file.read_bytes(), policy=policy.default))


def find(name: str) -> SavedMail:
    try:
        return load(folder() / f"{name}.eml")
    except FileNotFoundError:
        raise Http404("No such mail") from None


def development_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def guarded(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
        if not settings.DEVELOPMENT_MAILBOX:
            raise Http404
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response

    return guarded


@require_safe
@development_only
def mailbox(request: HttpRequest) -> HttpResponse:
    newest = sorted(folder().glob("*.eml"), reverse=True)[:SHOWN_MAILS]
    return render(request, "mailbox/mailbox.html", {"mails": [load(file) for file in newest]})


@require_safe
@development_only
def mail(request: HttpRequest, name: str) -> HttpResponse:
    return render(request, "mailbox/mail.html", {"mail": find(name)})


@require_safe
@development_only
def mail_html(request: HttpRequest, name: str) -> HttpResponse:
    """The part as a mail program would show it: with its own styles, without scripts."""
    html = find(name).html
    if not html:
        raise Http404("This mail has no HTML part")
    response = HttpResponse(html)
    response["Content-Security-Policy"] = HTML_PART_POLICY
    return response


app_name = "mailbox"
urlpatterns = [
    path("", mailbox, name="mailbox"),
    path("<slug:name>/", mail, name="mail"),
    path("<slug:name>/html/", mail_html, name="mail_html"),
]
