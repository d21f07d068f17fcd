"""Fictional comments and replies, decided and waiting."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import AbstractUser

from petitions.addresses import canonical_address
from petitions.models import Comment, Petition, Signature, StaffAct
from petitions.models.staff import act_by

from .files import facts, moment_of
from .people import Person, address

# Far above the numbers that the crowd's addresses carry.
FIRST_AUTHOR = 9001
# Both within the age of the youngest comment.
CONFIRMED_AFTER, DECIDED_AFTER = timedelta(minutes=7), timedelta(hours=2)
VERBS = {"rejected": "reject", "spam": "mark as spam", "hidden": "hide"}


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
    _store([comment for comment, _said in tops], moderator)
    replies = [written.comment(reply, parent) for parent, said in tops for reply in said.get("replies", [])]
    _store(sorted(replies, key=lambda reply: reply.created_at), moderator)


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


def _store(comments: list[Comment], moderator: AbstractUser) -> None:
    """With the time each was written, which the database would else set to now."""
    written = [comment.created_at for comment in comments]
    Comment.objects.bulk_create(comments)
    for comment, created_at in zip(comments, written, strict=True):
        comment.created_at = created_at
    if comments:
        Comment.objects.bulk_update(comments, ["created_at"])
    StaffAct.objects.bulk_create(
        act_by(moderator, VERBS[comment.state], comment) for comment in comments if comment.state in VERBS
    )
