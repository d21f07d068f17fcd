"""Fictional comments and replies, decided and waiting."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import AbstractUser

from petitions.addresses import canonical_address
from petitions.models import Comment, Decision, Petition, Reason, Signature
from petitions.seen import seen_as

from .files import facts, moment_of
from .people import Person, address

# Far above the numbers that the crowd's addresses carry.
FIRST_AUTHOR = 9001
# Both within the age of the youngest comment.
CONFIRMED_AFTER, DECIDED_AFTER = timedelta(minutes=7), timedelta(hours=2)
VERBS: dict[str, Decision.Verb] = {
    Comment.State.APPROVED: Decision.Verb.APPROVE,
    Comment.State.REJECTED: Decision.Verb.REJECT,
    Comment.State.SPAM: Decision.Verb.SPAM,
    Comment.State.HIDDEN: Decision.Verb.HIDE,
}


def _threads(slug: str) -> list[dict[str, Any]]:
    return facts(f"comments-{slug}").get("comments", [])


def _flat(slug: str) -> list[dict[str, Any]]:
    return [said for thread in _threads(slug) for said in (thread, *thread.get("replies", []))]


def _addresses(slug: str) -> dict[str, str]:
    """One address for each author's name."""
    names = dict.fromkeys(said["name"] for said in _flat(slug))
    return {name: address(name, number) for number, name in enumerate(names, FIRST_AUTHOR)}


def authors(slug: str, now: datetime) -> list[tuple[Person, datetime]]:
    """Those commenters who signed, with the moment of their signature."""
    addresses = _addresses(slug)
    people: dict[str, tuple[Person, datetime]] = {}
    for said in _flat(slug):
        if "country" in said and said["name"] not in people:
            person = Person(
                name=said["name"],
                email=addresses[said["name"]],
                country=said["country"],
                city=said["city"],
                language=said.get("signed_in", "en"),
                visibility=said.get("visibility", Signature.Visibility.SHOWN_NAME),
            )
            people[said["name"]] = (person, moment_of(said, now) - timedelta(minutes=90))
    return list(people.values())


def add_comments(petition: Petition, moderator: AbstractUser, now: datetime) -> None:
    addresses = _addresses(petition.slug)
    signatures = {signature.email: signature for signature in petition.signatures.filter(email__in=addresses.values())}
    written = _Written(petition, now, addresses, signatures)
    tops = [(written.comment(said), said) for said in _threads(petition.slug)]
    tops.sort(key=lambda top: top[0].created_at)
    _store(tops, moderator)
    replies = [(written.comment(reply, parent), reply) for parent, said in tops for reply in said.get("replies", [])]
    _store(sorted(replies, key=lambda reply: reply[0].created_at), moderator)


@dataclass(frozen=True)
class _Written:
    """What was said about one petition, by whom and when."""

    petition: Petition
    now: datetime
    addresses: dict[str, str]
    signatures: dict[str, Signature]

    def comment(self, said: dict[str, Any], parent: Comment | None = None) -> Comment:
        email, at = self.addresses[said["name"]], moment_of(said, self.now)
        signature = self.signatures.get(email)
        state = Comment.State(said.get("state", Comment.State.APPROVED))
        return Comment(
            petition=self.petition,
            signature=signature,
            parent=parent,
            text=said["text"],
            language=said["language"],
            state=state,
            created_at=at,
            confirmed_at=at + CONFIRMED_AFTER,
            decided_at=None if state == Comment.State.PENDING else at + DECIDED_AFTER,
            **({} if signature else self._signed_with(said["name"], email)),
        )

    @staticmethod
    def _signed_with(name: str, email: str) -> dict[str, str]:
        return {"name": name, "email": email, "canonical_email": canonical_address(email)}


def _store(said_by_comment: list[tuple[Comment, dict[str, Any]]], moderator: AbstractUser) -> None:
    """With the time each was written, which the database would else set to now."""
    comments = [comment for comment, _said in said_by_comment]
    written = [comment.created_at for comment in comments]
    Comment.objects.bulk_create(comments)
    for comment, created_at in zip(comments, written, strict=True):
        comment.created_at = created_at
    if comments:
        Comment.objects.bulk_update(comments, ["created_at"])
    reasons = {reason.key: reason for reason in Reason.objects.all()}
    Decision.objects.bulk_create(
        _decided(comment, reasons.get(said.get("reason", "")), moderator)
        for comment, said in said_by_comment
        if comment.state in VERBS
    )


def _decided(comment: Comment, reason: Reason | None, moderator: AbstractUser) -> Decision:
    before = Comment.State.APPROVED if comment.state == Comment.State.HIDDEN else Comment.State.PENDING
    return Decision(
        comment_number=comment.pk,
        actor_id=moderator.pk,
        actor_name=moderator.get_username(),
        by=Decision.By.PERSON,
        verb=VERBS[comment.state],
        reason=reason,
        at=comment.decided_at or comment.created_at,
        state_before=before,
        state_after=comment.state,
        seen=seen_as(before, comment.text, comment.public_name, comment.public_city),
        written_in=comment.language,
        waited_since=comment.confirmed_at if before == Comment.State.PENDING else None,
    )
