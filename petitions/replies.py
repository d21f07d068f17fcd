"""Telling commenters that somebody has replied, once the public can read the reply."""

from collections.abc import Collection
from datetime import timedelta

from .mail.outbox import queue
from .models import Comment, OutboxMail


def tell_of_replies(approved: Collection[Comment]) -> None:
    """Queue one mail for each author who asked to hear of replies, in the caller's transaction.

    What no longer holds when it is sent, such as a reply that was hidden, is seen then.
    """
    answered = {reply.parent_id for reply in approved if reply.parent_id}
    if not answered:
        return
    keys = [reply.pk for reply in approved]
    for comment in Comment.objects.filter(pk__in=answered, wants_replies=True).select_related("signature"):
        if comment.replies.filter(pk__in=keys).by_others_than(comment.author.canonical_email).exists():
            queue(OutboxMail.Kind.REPLIED, comment, comment.language, wait=timedelta())
