"""What each mail says, decided and rendered when it is sent, from what is true then. Words: templates/mail/.

No mail repeats what was typed into a form: whoever types a stranger's address would have us carry an advertisement.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.cache import cache
from django.core.mail import EmailMultiAlternatives
from django.db.models.functions import Now
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language_bidi, override

from ..imprint import operator
from ..links import absolute, interface_language, link_to, petition_page, token_for
from ..markdown import to_html
from ..markdown_as_text import to_text
from ..models import (
    Answer,
    Comment,
    Decision,
    Follower,
    Mailing,
    MailingText,
    OutboxMail,
    Petition,
    Report,
    Signature,
)
from ..models.answers import open_answers
from ..suppression import is_suppressed
from .headers import headers
from .to_staff import TO_STAFF

ABOUT_SECONDS = 10
SENT = OutboxMail.State.SENT

# For showing an HTML part: its own styles, no script and no foreign picture; a link opens a page free of this policy.
HTML_PART_POLICY = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; "
    "img-src data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
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
        return "confirm_signature", {"confirm_url": confirm_url, "stop_url": stop_url}, None
    own_url = link_to("petitions:signature", token, language=mail.language)
    return "already_signed", {"own_url": own_url, "stop_url": stop_url}, stop_url


def after_commenting(mail: OutboxMail, comment: Comment) -> Words | None:
    if comment.confirmed_at:
        return None
    token = token_for(comment)
    context = {
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


def after_reply(mail: OutboxMail, comment: Comment) -> Words | None:
    """The replies are public by now: the mail leads there and repeats no words of theirs."""
    author = comment.author
    is_read = Comment.objects.visible().filter(pk=comment.pk).exists()
    replies = comment.replies.visible().by_others_than(author.canonical_email)
    if not (comment.wants_replies and is_read and replies.exists()):
        return None
    with override(interface_language(mail.language)):
        path = reverse("petitions:comments", args=[comment.petition.slug])
    stops = "petitions:comment-stop-mails" if author is comment else "petitions:signature-stop-mails"
    stop_url = link_to(stops, token_for(author), language=mail.language)
    # The list begins with this comment, however many came after it.
    own_url = absolute(f"{path}?before={comment.pk + 1}#comment-{comment.pk}")
    return "reply", {"own_url": own_url, "stop_url": stop_url}, stop_url


def after_decision(mail: OutboxMail, comment: Comment) -> Words | None:
    """Why a comment is not shown, or how its author's answer ended, as it is now: an undo in time spares the mail.

    The reason's words are the organizers'; neither the comment nor a moderator's note is in it.
    """
    author, token = comment.author, token_for(comment)
    stops = "petitions:comment-stop-mails" if author is comment else "petitions:signature-stop-mails"
    context: dict[str, Any] = {
        "own_url": link_to("petitions:comment-decision", token, language=mail.language),
        "stop_url": link_to(stops, token_for(author), language=mail.language),
    }
    decision = Decision.objects.standing(comment)
    if decision is None or decision.reason is None:
        was_refused = comment.answers.exists() or comment.mails.filter(kind=mail.kind, state=SENT).exists()
        is_read = was_refused and Comment.objects.visible().filter(pk=comment.pk).exists()
        return ("shown", context, context["stop_url"]) if is_read else None
    context |= {
        "reason": decision.reason.text(interface_language(mail.language)),
        "is_hidden": decision.verb == Decision.Verb.HIDE,
        "is_by_rule": decision.by == Decision.By.RULE,
        "is_second_look": comment.answers.filter(outcome=decision, kind=Answer.Kind.OBJECTED).exists(),
        "answers": open_answers(comment, decision),
    }
    return "refused", context, context["stop_url"]


def after_report(mail: OutboxMail, report: Report) -> Words | None:
    """The only mail to an address that nobody has confirmed: it carries no word of anybody's."""
    if report.outcome is None:
        return None
    is_shown = report.comment is not None and Comment.objects.visible().filter(pk=report.comment.pk).exists()
    return "report_settled", {"is_shown": is_shown}, None


def after_mailing(mail: OutboxMail, person: Signature | Follower) -> Words | None:
    """News, as long as it is not stopped and this person wants it."""
    mailing = mail.mailing
    # One that is done may hold failed mails which staff send again.
    if mailing is None or mailing.state not in (Mailing.State.SENDING, Mailing.State.DONE):
        return None
    signed = isinstance(person, Signature)
    wants_it = person.is_counted and person.wants_updates if isinstance(person, Signature) else person.is_following
    text = mailing.text_for(person.petition, mail.language) if wants_it else None
    if text is None:
        return None
    stops = "petitions:signature-stop-mails" if signed else "petitions:follow-stop"
    stop_url = link_to(stops, token_for(person), language=mail.language)
    return (
        "news",
        news(text, petition_page(person.petition, mail.language)) | {"has_signed": signed, "stop_url": stop_url},
        stop_url,
    )


def news(text: MailingText, path: str) -> dict[str, Any]:
    """Links that lead on from the petition's page at `path` do so from the mail too."""
    page = absolute(path)
    return {"news": text, "news_html": to_html(text.body, page), "news_text": to_text(text.body, page)}


def after_taking_out(mail: OutboxMail, signature: Signature) -> Words | None:
    """How to object, as long as the signature is out by what this mail was written for."""
    taken_at = signature.invalidated_at
    if signature.state != Signature.State.INVALIDATED or taken_at is None or taken_at > mail.created_at:
        return None
    token = token_for(signature)
    context = {
        "own_url": link_to("petitions:signature-object", token, language=mail.language),
        "stop_url": link_to("petitions:signature-stop-mails", token, language=mail.language),
    }
    return "taken_out", context, context["stop_url"]


# All mails that the site sends.
WORDS: dict[str, Callable[[OutboxMail, Any], Words | None]] = {
    OutboxMail.Kind.SIGNED: after_signing,
    OutboxMail.Kind.COMMENTED: after_commenting,
    OutboxMail.Kind.FOLLOWED: after_following,
    OutboxMail.Kind.REPLIED: after_reply,
    OutboxMail.Kind.NEWS: after_mailing,
    OutboxMail.Kind.DECIDED: after_decision,
    OutboxMail.Kind.REPORTED: after_report,
    OutboxMail.Kind.TAKEN_OUT: after_taking_out,
}


# Those that answer an act: one says what is true, however often it was done.
ANSWERS = frozenset([OutboxMail.Kind.SIGNED, OutboxMail.Kind.COMMENTED, OutboxMail.Kind.FOLLOWED])


def rendered(mail: OutboxMail) -> EmailMultiAlternatives | None:
    """The mail as it goes out now; None where nobody wants it any more."""
    if mail.staff:
        to_staff = TO_STAFF.get(OutboxMail.Kind(mail.kind), _to_staff)
        return to_staff(mail, mail.staff)
    recipient = mail.recipient
    # A signer's comment has no address of its own.
    mailbox = recipient.author if isinstance(recipient, Comment) else recipient
    if not mailbox.email or is_suppressed(recipient.petition, mailbox.canonical_email) or _is_said_later(mail):
        return None
    words = WORDS[mail.kind](mail, recipient)
    return _written(mail, recipient.petition, words, mailbox.email) if words else None


def _to_staff(mail: OutboxMail, staff: AbstractBaseUser) -> EmailMultiAlternatives | None:
    """A mailing as one of the staff tries it; in place of everyone's own link to stop it leads to the petition."""
    texts = mail.mailing.texts if mail.mailing else MailingText.objects.none()
    text = texts.select_related("petition").filter(language=mail.language).first()
    address = getattr(staff, "email", "")
    return as_seen_by_staff(text, mail, address) if text and address else None


def as_seen_by_staff(text: MailingText, mail: OutboxMail, address: str) -> EmailMultiAlternatives:
    stop_url = absolute(petition_page(text.petition, mail.language))
    context = news(text, petition_page(text.petition, mail.language)) | {
        "has_signed": True,
        "stop_url": stop_url,
        "is_test": True,
    }
    return _written(mail, text.petition, ("news", context, None), address)


def _written(mail: OutboxMail, petition: Petition, words: Words, address: str) -> EmailMultiAlternatives:
    template, context, one_click = words
    language = interface_language(mail.language)
    with override(language):
        context = _about(petition, language) | context
        subject = render_to_string(f"mail/{template}.subject.txt", context)
        message = EmailMultiAlternatives(
            subject=" ".join(subject.split()),
            body=render_to_string(f"mail/{template}.txt", context),
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[address],
            headers=headers(mail, language, one_click),
        )
        message.attach_alternative(render_to_string(f"mail/{template}.html", context), "text/html")
    return message


def _is_said_later(mail: OutboxMail) -> bool:
    """Forms sent at the same moment, or while a mail is in flight, queue another: the later one says it all.

    Another sender may have been faster with it.
    """
    if mail.kind not in ANSWERS:
        return False
    recipient = mail.recipient._meta.model_name
    going_out = OutboxMail.objects.filter(state__in=[OutboxMail.State.WAITING, OutboxMail.State.SENT])
    later = going_out.filter(kind=mail.kind, pk__gt=mail.pk, due_at__lte=Now())
    return later.filter(**{f"{recipient}_id": mail.recipient.pk}).exists()


def _about(petition: Petition, language: str) -> dict[str, Any]:
    """The petition, as every mail names it. Kept for a moment: a rally's thousand mails all name the same one."""
    key = f"petitions.mail-about.{petition.pk}.{language}"
    about = cache.get(key)
    if about is None:
        text = petition.text(language)
        about = {
            "petition_title": text.title if text else petition.slug,
            "petition_language": text.language if text else language,
            "petition_direction": text.direction if text else "ltr",
            "petition_url": absolute(petition_page(petition, language)),
            "operator": operator(),
            "language": language,
            "direction": "rtl" if get_language_bidi() else "ltr",
        }
        cache.set(key, about, ABOUT_SECONDS)
    return about
