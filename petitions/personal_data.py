"""What a signer may take home, and what erasing leaves behind: nothing that names them."""

from typing import Any

from django.db import transaction

from .models import Comment, Decision, Follower, Report, Signature
from .signing import withdraw
from .suppression import keep_what_outlives


def erase(signature: Signature) -> None:
    """Withdraw and delete everything about this signer under this petition: signature, comments, following, mails,
    and what they said in reports of others' comments.

    Raises Signature.DoesNotExist where it is erased already.
    """
    with transaction.atomic():
        locked = Signature.objects.select_for_update().get(pk=signature.pk)
        same_person = _same_person(locked)
        keep_what_outlives([locked, *Follower.objects.filter(**same_person)])
        withdraw(locked)
        Comment.objects.filter(**same_person).delete()
        Follower.objects.filter(**same_person).delete()
        Report.objects.filter(**same_person).update(email="", canonical_email="", network="", law="", explanation="")
        locked.delete()


def own_data(signature: Signature) -> dict[str, Any]:
    """All that is stored about a signature, for its signer to take home."""
    plain = [
        "name",
        "email",
        "city",
        "language",
        "visibility",
        "shown_name",
        "wants_updates",
        "state",
        "invalidated_for",
    ]
    times = ["signed_at", "confirmed_at", "withdrawn_at", "invalidated_at", "mails_stopped_at"]
    data: dict[str, Any] = {field: getattr(signature, field) for field in plain}
    data["country"] = str(signature.country)
    data |= {field: moment.isoformat() if (moment := getattr(signature, field)) else None for field in times}
    data["handed_over_name"] = signature.handed_over_name
    data["petition"] = signature.petition.slug
    data["signed_text"] = {
        field: getattr(signature.signed_text, field) for field in ("language", "title", "body", "consent")
    }
    data["comments"] = [_comment_data(comment) for comment in _comments_of(signature)]
    data["reports"] = [
        {"reason": row.reason.title, "law": row.law, "explanation": row.explanation, "at": row.at.isoformat()}
        for row in Report.objects.filter(**_same_person(signature)).select_related("reason").order_by("pk")
    ]
    data["network"] = signature.network_hash or ""
    data["objections"] = [
        {"words": objection.words, "state": objection.state, "made_at": objection.made_at.isoformat()}
        for objection in signature.objections.all()
    ]
    data["follows"] = Follower.objects.filter(**_same_person(signature)).exists()
    return data


def _comment_data(comment: Comment) -> dict[str, Any]:
    return {
        "text": comment.text,
        "language": comment.language,
        "written_in": comment.written_in,
        "state": comment.state,
        "written_at": comment.created_at.isoformat(),
        "wants_replies": comment.wants_replies,
        "decisions": _decisions_about(comment),
        "answers": [
            {"kind": answer.kind, "words": answer.words, "at": answer.at.isoformat()}
            for answer in comment.answers.order_by("pk")
        ],
    }


def _decisions_about(comment: Comment) -> list[dict[str, str]]:
    """What was decided and why. Who of the staff did is theirs, not the author's."""
    rows = Decision.objects.about([comment.pk]).select_related("reason").order_by("pk")
    return [
        {
            "decision": row.verb,
            "reason": row.reason.title if row.reason else "",
            "by": row.by,
            "at": row.at.isoformat(),
        }
        for row in rows
    ]


def _same_person(signature: Signature) -> dict[str, Any]:
    return {"petition": signature.petition_id, "canonical_email": signature.canonical_email}


def _comments_of(signature: Signature) -> list[Comment]:
    """Those written as a signer, and those written without signing from the same address."""
    unsigned = Comment.objects.filter(**_same_person(signature))
    return sorted([*signature.comments.all(), *unsigned], key=lambda comment: comment.pk)
