"""Every mail the site sends to people, one function each; the words stand in templates/mail/.

Mails are queued in the caller's transaction and sent by the worker.
"""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language_bidi, override
from post_office.models import PRIORITY, STATUS, Email

from .links import absolute, interface_language, link_to, petition_page, token_for
from .models import Comment, Follower, Petition, Signature

MAILS_A_SIGNATURE = 5


def mail_signature_confirmation(signature: Signature) -> None:
    """The button that counts a signature. A reply to an act of the reader's own: no List-Unsubscribe."""
    token = token_for(signature)
    context = {
        "name": signature.name,
        "confirm_url": link_to("petitions:signature-confirm", token, language=signature.language),
        "stop_url": link_to("petitions:signature-stop-mails", token, language=signature.language),
    }
    _queue("confirm_signature", signature, signature.petition, context)


def mail_already_signed(signature: Signature) -> None:
    """What a second signing gets, so that the page itself can answer everybody the same."""
    token = token_for(signature)
    context = {
        "name": signature.name,
        "own_url": link_to("petitions:signature", token, language=signature.language),
    }
    stop_url = link_to("petitions:signature-stop-mails", token, language=signature.language)
    _queue("already_signed", signature, signature.petition, context, stop_url)


def mail_comment_confirmation(comment: Comment) -> None:
    context = {
        "name": comment.name,
        "confirm_url": link_to("petitions:comment-confirm", token_for(comment), language=comment.language),
    }
    _queue("confirm_comment", comment, comment.petition, context)


def mail_follow_confirmation(follower: Follower) -> None:
    token = token_for(follower)
    context = {"confirm_url": link_to("petitions:follow-confirm", token, language=follower.language)}
    _queue("confirm_follow", follower, follower.petition, context)


def mail_already_following(follower: Follower) -> None:
    stop_url = link_to("petitions:follow-stop", token_for(follower), language=follower.language)
    _queue("already_following", follower, follower.petition, {}, stop_url)


def _queue(
    template: str,
    recipient: Signature | Comment | Follower,
    petition: Petition,
    context: dict[str, Any],
    stop_url: str | None = None,
) -> None:
    """Render in the recipient's language and queue; `stop_url` adds a one-click way to stop (RFC 8058)."""
    language = interface_language(recipient.language)
    with override(language):
        text = petition.text(recipient.language)
        context |= {
            "petition_title": text.title if text else petition.slug,
            "petition_language": text.language if text else language,
            "petition_direction": text.direction if text else "ltr",
            "petition_url": absolute(petition_page(petition, language)),
            "language": language,
            "direction": "rtl" if get_language_bidi() else "ltr",
            "stop_url": stop_url or context.get("stop_url"),
        }
        subject = render_to_string(f"mail/{template}.subject.txt", context)
        headers = {"Auto-Submitted": "auto-generated", "Content-Language": language}
        if stop_url:
            headers |= {
                "List-Unsubscribe": f"<{stop_url}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            }
        # The row is written directly: post_office.mail.send would take people's words for Django templates.
        Email.objects.create(
            to=[recipient.email],
            from_email=settings.DEFAULT_FROM_EMAIL,
            subject=" ".join(subject.split()),
            message=render_to_string(f"mail/{template}.txt", context),
            html_message=render_to_string(f"mail/{template}.html", context),
            headers=headers,
            priority=PRIORITY.medium,
            status=STATUS.queued,
        )
