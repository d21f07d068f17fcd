"""Writing comments: with a signature, or from an address that is confirmed first."""

from django.db import transaction
from django.utils import timezone

from .addresses import canonical_address
from .mail import mail_comment_confirmation
from .models import Comment, Petition, Signature, Suppression
from .suppression import is_suppressed, suppress


def comment_unsigned(
    petition: Petition,
    *,
    name: str,
    email: str,
    text: str,
    language: str,
    parent: Comment | None = None,
    may_mail: bool = True,
) -> Comment:
    """Store a comment and mail its author the button that sends it to the moderators."""
    canonical = canonical_address(email)
    with transaction.atomic():
        comment = Comment.objects.create(
            petition=petition,
            parent=parent,
            name=name,
            email=email,
            canonical_email=canonical,
            text=text,
            language=language,
        )
        mail_comment_confirmation(comment, is_wanted=may_mail and not is_suppressed(petition, canonical))
    return comment


def comment_signed(signature: Signature, *, text: str, language: str, parent: Comment | None = None) -> Comment:
    """A comment from a signer's own page: the signed link has proved the address."""
    return Comment.objects.create(
        petition_id=signature.petition_id,
        signature=signature,
        parent=parent,
        text=text,
        language=language,
        confirmed_at=timezone.now(),
    )


def confirm_comment(comment: Comment) -> bool:
    """Send the comment to the moderators. True where this call did it."""
    return bool(Comment.objects.filter(pk=comment.pk, confirmed_at__isnull=True).update(confirmed_at=timezone.now()))


def stop_mails(comment: Comment) -> None:
    """No further mail to this address for this petition, whoever types it into which form."""
    suppress(comment.petition, comment.canonical_email, Suppression.Reason.STOPPED)


def delete_comment(comment: Comment) -> None:
    """An author takes a comment back; the replies below it go too."""
    Comment.objects.filter(pk=comment.pk).delete()
