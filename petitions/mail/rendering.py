"""What each mail says, decided and rendered when it is sent, from what is true then. Words: templates/mail/."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMultiAlternatives
from django.db.models.functions import Now
from django.template.loader import render_to_string
from django.utils.translation import get_language_bidi, override

from ..links import absolute, interface_language, link_to, petition_page, token_for
from ..models import Comment, Follower, OutboxMail, Signature
from ..suppression import is_suppressed

ABOUT_SECONDS = 10

Recipient = Signature | Comment | Follower
# Template, its context, and the address that stops the mails by one click (RFC 8058) where nobody asked just now.
Words = tuple[str, dict[str, Any], str | None]


def after_signing(mail: OutboxMail, signature: Signature) -> Words | None:
    """The button that counts a signature, or, once it is counted, the way to the signer's own page."""
    token = token_for(signature)
    stop_url = link_to("petitions:signature-stop-mails", token, language=mail.language)
    if signature.state in Signature.CAN_BE_CONFIRMED:
        taken_back = signature.withdrawn_at is not None and signature.withdrawn_at > mail.created_at
        if taken_back or not signature.petition.can_be_confirmed:
            return None
        # A reply to an act of the reader's own: no List-Unsubscribe.
        confirm_url = link_to("petitions:signature-confirm", token, language=mail.language)
        return (
            "confirm_signature",
            {"name": signature.name, "confirm_url": confirm_url, "stop_url": stop_url},
            None,
        )
    own_url = link_to("petitions:signature", token, language=mail.language)
    return "already_signed", {"name": signature.name, "own_url": own_url, "stop_url": stop_url}, stop_url


def after_commenting(mail: OutboxMail, comment: Comment) -> Words | None:
    if comment.confirmed_at:
        return None
    token = token_for(comment)
    context = {
        "name": comment.name,
        "confirm_url": link_to("petitions:comment-confirm", token, language=mail.language),
        "stop_url": link_to("petitions:comment-stop-mails", token, language=mail.language),
    }
    return "confirm_comment", context, None


def after_following(mail: OutboxMail, follower: Follower) -> Words | None:
    token = token_for(follower)
    stop_url = link_to("petitions:follow-stop", token, language=mail.language)
    if follower.is_following:
        return "already_following", {"stop_url": stop_url}, stop_url
    confirm_url = link_to("petitions:follow-confirm", token, language=mail.language)
    return "confirm_follow", {"confirm_url": confirm_url, "stop_url": stop_url}, None


# All mails that the site sends.
WORDS: dict[str, Callable[[OutboxMail, Any], Words | None]] = {
    OutboxMail.Kind.SIGNED: after_signing,
    OutboxMail.Kind.COMMENTED: after_commenting,
    OutboxMail.Kind.FOLLOWED: after_following,
}


# Those that answer an act: one says what is true, however often it was done.
ANSWERS = frozenset([OutboxMail.Kind.SIGNED, OutboxMail.Kind.COMMENTED, OutboxMail.Kind.FOLLOWED])


def rendered(mail: OutboxMail) -> EmailMultiAlternatives | None:
    """The mail as it goes out now; None where nobody wants it any more."""
    recipient = mail.recipient
    if not recipient.email or is_suppressed(recipient.petition, recipient.canonical_email) or _is_said_later(mail):
        return None
    words = WORDS[mail.kind](mail, recipient)
    if words is None:
        return None
    template, context, one_click = words
    language = interface_language(mail.language)
    with override(language):
        context = _about(recipient, language) | context
        subject = render_to_string(f"mail/{template}.subject.txt", context)
        message = EmailMultiAlternatives(
            subject=" ".join(subject.split()),
            body=render_to_string(f"mail/{template}.txt", context),
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[recipient.email],
            headers=_headers(mail, language, one_click),
        )
        message.attach_alternative(render_to_string(f"mail/{template}.html", context), "text/html")
    return message


def _is_said_later(mail: OutboxMail) -> bool:
    """Forms sent at the same moment, or while a mail is in flight, queue another: the later one says it all."""
    if mail.kind not in ANSWERS:
        return False
    recipient = mail.recipient._meta.model_name
    due = OutboxMail.objects.waiting().filter(kind=mail.kind, pk__gt=mail.pk, due_at__lte=Now())
    return due.filter(**{f"{recipient}_id": mail.recipient.pk}).exists()


def _about(recipient: Recipient, language: str) -> dict[str, Any]:
    """The petition, as every mail names it. Kept for a moment: a rally's thousand mails all name the same one."""
    petition = recipient.petition
    key = f"petitions.mail-about.{petition.pk}.{language}"
    about = cache.get(key)
    if about is None:
        text = petition.text(language)
        about = {
            "petition_title": text.title if text else petition.slug,
            "petition_language": text.language if text else language,
            "petition_direction": text.direction if text else "ltr",
            "petition_url": absolute(petition_page(petition, language)),
            "language": language,
            "direction": "rtl" if get_language_bidi() else "ltr",
        }
        cache.set(key, about, ABOUT_SECONDS)
    return about


def _headers(mail: OutboxMail, language: str, one_click: str | None) -> dict[str, str]:
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip("> ")
    headers = {
        "Auto-Submitted": "auto-generated",
        "Content-Language": language,
        "Message-ID": f"<{mail.message_id}@{domain}>",
    }
    if one_click:
        headers |= {"List-Unsubscribe": f"<{one_click}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return headers
