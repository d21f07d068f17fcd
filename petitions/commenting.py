"""Writing comments: with a signature, or from an address that is confirmed first."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from .addresses import canonical_address
from .lifecycle import NotOpenError
from .mail.outbox import queue
from .models import Comment, OutboxMail, Petition, Signature, Suppression
from .suppression import suppress
from .throttling import COMMENTING_BY_NETWORK, COMMENTING_BY_SIGNER, count_or_refuse, mail_wait


class NotConfirmedError(Exception):
    """A comment of a signer needs a signature that counts."""


class NotAnswerableError(Exception):
    """Only a comment that the public reads, and that is no reply itself, can be answered."""


def comment_unsigned(
    petition: Petition,
    *,
    name: str,
    email: str,
    text: str,
    language: str,
    parent: Comment | None = None,
    wants_replies: bool = False,
    network: str | None = None,
) -> Comment:
    """Store a comment and mail its author the button that sends it to the moderators. Closed petitions take them too.

    Call it outside any transaction, as all throttling. Raises NotOpenError, NotAnswerableError and ThrottledError.
    """
    _refuse_unanswerable(petition, parent)
    canonical = canonical_address(email)
    wait = mail_wait(COMMENTING_BY_NETWORK, network, canonical)
    with transaction.atomic():
        comment = Comment.objects.create(
            petition=petition,
            parent=parent,
            name=name,
            email=email,
            canonical_email=canonical,
            text=text,
            language=language,
            wants_replies=wants_replies,
        )
        queue(OutboxMail.Kind.COMMENTED, comment, language, wait=wait)
    return comment


def comment_signed(
    signature: Signature, *, text: str, language: str, parent: Comment | None = None, wants_replies: bool = False
) -> Comment:
    """A comment from a signer's own page: the signed link has proved the address.

    Call it outside any transaction, as all throttling. Raises NotConfirmedError, NotOpenError, NotAnswerableError and
    ThrottledError.
    """
    if not signature.is_confirmed:
        raise NotConfirmedError
    _refuse_unanswerable(signature.petition, parent)
    count_or_refuse((COMMENTING_BY_SIGNER, str(signature.pk)))
    return Comment.objects.create(
        petition_id=signature.petition_id,
        signature=signature,
        parent=parent,
        text=text,
        language=language,
        wants_replies=wants_replies,
        confirmed_at=timezone.now(),
    )


def answerable(petition: Petition) -> QuerySet[Comment]:
    """One level of replies: comments that the public reads and that are no replies themselves."""
    return petition.comments.visible().top_level()


def _refuse_unanswerable(petition: Petition, parent: Comment | None) -> None:
    if not petition.is_visible:
        raise NotOpenError
    if parent is not None and not answerable(petition).filter(pk=parent.pk).exists():
        raise NotAnswerableError


def confirm_comment(comment: Comment) -> bool:
    """Send the comment to the moderators. True where this call did it."""
    return bool(Comment.objects.filter(pk=comment.pk, confirmed_at__isnull=True).update(confirmed_at=timezone.now()))


def stop_mails(comment: Comment) -> None:
    """No further mail to this address for this petition, whoever types it into which form."""
    suppress(comment.petition, comment.canonical_email, Suppression.Reason.STOPPED)


def delete_comment(comment: Comment) -> None:
    """An author takes a comment back; the replies below it go too."""
    Comment.objects.filter(pk=comment.pk).delete()
