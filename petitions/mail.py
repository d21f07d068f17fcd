"""Every mail the site sends to people, one function each; the words stand in templates/mail/.

Mails are queued in the caller's transaction and sent by the worker.
"""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language_bidi, override
from post_office.models import PRIORITY, STATUS, Email

from .links import absolute, interface_language, link_to, petition_page, token_for
from .models import Comment, Follower, Signature

MAILS_A_SIGNATURE = 5


def mail_signature_confirmation(signature: Signature, *, is_wanted: bool = True) -> None:
    """The button that counts a signature. A reply to an act of the reader's own: no List-Unsubscribe."""
    token = token_for(signature)
    context = {
        "name": signature.name,
        "confirm_url": link_to("petitions:signature-confirm", token, language=signature.language),
        "stop_url": link_to("petitions:signature-stop-mails", token, language=signature.language),
    }
    _queue("confirm_signature", signature, context, is_wanted=is_wanted)


def mail_already_signed(signature: Signature, *, is_wanted: bool = True) -> None:
    """What a second signing gets, so that the page itself can answer everybody the same."""
    token = token_for(signature)
    context = {
        "name": signature.name,
        "own_url": link_to("petitions:signature", token, language=signature.language),
    }
    stop_url = link_to("petitions:signature-stop-mails", token, language=signature.language)
    _queue("already_signed", signature, context, stop_url, is_wanted=is_wanted)


def mail_comment_confirmation(comment: Comment, *, is_wanted: bool = True) -> None:
    token = token_for(comment)
    context = {
        "name": comment.name,
        "confirm_url": link_to("petitions:comment-confirm", token, language=comment.language),
        "stop_url": link_to("petitions:comment-stop-mails", token, language=comment.language),
    }
    _queue("confirm_comment", comment, context, is_wanted=is_wanted)


def mail_follow_confirmation(follower: Follower, *, is_wanted: bool = True) -> None:
    token = token_for(follower)
    context = {
        "confirm_url": link_to("petitions:follow-confirm", token, language=follower.language),
        "stop_url": link_to("petitions:follow-stop", token, language=follower.language),
    }
    _queue("confirm_follow", follower, context, is_wanted=is_wanted)


def mail_already_following(follower: Follower, *, is_wanted: bool = True) -> None:
    stop_url = link_to("petitions:follow-stop", token_for(follower), language=follower.language)
    _queue("already_following", follower, {}, stop_url, is_wanted=is_wanted)


def _queue(
    template: str,
    recipient: Signature | Comment | Follower,
    context: dict[str, Any],
    stop_url: str | None = None,
    *,
    is_wanted: bool,
) -> None:
    """Render in the recipient's language and queue; `stop_url` adds a one-click way to stop (RFC 8058).

    An unwanted mail is rendered all the same: a quicker answer would tell that the address is known.
    """
    language = interface_language(recipient.language)
    with override(language):
        context |= _about(recipient, language) | {"stop_url": stop_url or context.get("stop_url")}
        subject = render_to_string(f"mail/{template}.subject.txt", context)
        # The row is written directly: post_office.mail.send would take people's words for Django templates.
        email = Email(
            to=[recipient.email],
            from_email=settings.DEFAULT_FROM_EMAIL,
            subject=" ".join(subject.split()),
            message=render_to_string(f"mail/{template}.txt", context),
            html_message=render_to_string(f"mail/{template}.html", context),
            headers=_headers(language, stop_url),
            priority=PRIORITY.medium,
            status=STATUS.queued,
        )
    if is_wanted:
        email.save(force_insert=True)


def _about(recipient: Signature | Comment | Follower, language: str) -> dict[str, Any]:
    """The petition, as every mail names it."""
    petition = recipient.petition
    text = petition.text(recipient.language)
    return {
        "petition_title": text.title if text else petition.slug,
        "petition_language": text.language if text else language,
        "petition_direction": text.direction if text else "ltr",
        "petition_url": absolute(petition_page(petition, language)),
        "language": language,
        "direction": "rtl" if get_language_bidi() else "ltr",
    }


def _headers(language: str, stop_url: str | None) -> dict[str, str]:
    headers = {"Auto-Submitted": "auto-generated", "Content-Language": language}
    if stop_url:
        headers |= {"List-Unsubscribe": f"<{stop_url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return headers
