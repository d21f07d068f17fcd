"""Comments as the desk shows them: with what their author wrote before, what is alike, and what strikes the eye."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.contrib.auth.models import AbstractBaseUser
from django.db import connection
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.safestring import SafeString

from ..languages import best_text, reader_language
from ..links import petition_page
from ..models import Comment, Decision, PetitionText
from ..waiting import LATE
from .clusters import Alike, alike, by_author
from .hints import Hint, hints_about, hints_in, marked

# Moderators need no address to judge words, so none is even loaded.
PRIVATE = (
    "email",
    "canonical_email",
    "signature__email",
    "signature__canonical_email",
    "parent__email",
    "parent__canonical_email",
    "parent__signature__email",
    "parent__signature__canonical_email",
)
# Of the author's other comments and of like ones so many are shown beside the comment; all on a page of their own.
BESIDE, OF_AUTHOR = 4, 20
# With the names that would become public: whoever decides on all has read them.
ALIKE_BESIDE = 40
# Only whether there is one, and whether it is of a domain that makes mailboxes for an hour.
ADDRESS_SQL = """
    SELECT c.id, EXISTS (
        SELECT FROM petitions_domainrule rule
        WHERE rule.is_disposable AND rule.domain = split_part(COALESCE(s.canonical_email, c.canonical_email), '@', 2))
    FROM petitions_comment c LEFT JOIN petitions_signature s ON s.id = c.signature_id
    WHERE c.id = ANY(%s) AND position('@' in COALESCE(s.canonical_email, c.canonical_email)) > 0
"""
REFUSED = (Comment.State.REJECTED, Comment.State.SPAM, Comment.State.HIDDEN)


@dataclass
class Before:
    """Something else of the same author, and what was decided."""

    comment: Comment
    decision: Decision | None


@dataclass
class Card:
    comment: Comment
    hints: list[Hint] = field(default_factory=list)
    # Whether the author's address is not forgotten yet.
    has_address: bool = True
    before: list[Before] = field(default_factory=list)
    same: list[Comment] = field(default_factory=list)
    near: list[Comment] = field(default_factory=list)
    # Where the desk opens it, and goes on from it.
    url: str = ""
    next_url: str = ""
    # Of like ones and of this author's waiting ones, however many are shown.
    alike_count: int = 0
    waiting_of_author: int = 0

    @property
    def pk(self) -> int:
        return self.comment.pk

    @property
    def is_public(self) -> bool:
        """Reported, or let in by a rule: it stays or is hidden."""
        return self.comment.state == Comment.State.APPROVED

    @property
    def since(self) -> datetime:
        """Since when it waits."""
        comment = self.comment
        return comment.waits_since or comment.unseen_since or comment.confirmed_at or comment.created_at

    @property
    def is_late(self) -> bool:
        return not self.is_public and timezone.now() - self.since > LATE

    @property
    def petition_title(self) -> str:
        petition = self.comment.petition
        text = best_text(petition.loaded_texts, reader_language(), petition.source_language)
        return text.title if text else petition.slug

    @property
    def petition_path(self) -> str:
        return petition_page(self.comment.petition, reader_language())

    @cached_property
    def words(self) -> SafeString:
        return marked(self.comment.text, self.hints)

    @property
    def before_beside(self) -> list[Before]:
        return self.before[:BESIDE]

    @property
    def alike(self) -> list[Comment]:
        """Only what is shown whole can be decided from beside the comment."""
        return self.same + self.near if self.alike_count <= ALIKE_BESIDE else []


def comments_in(keys: Sequence[int]) -> dict[int, Comment]:
    rows = Comment.objects.confirmed().filter(pk__in=list(keys)).select_related("petition", "signature")
    titles = PetitionText.objects.only("petition_id", "language", "title")
    rows = rows.select_related("parent__signature").defer(*PRIVATE)
    rows = rows.prefetch_related(Prefetch("petition__texts", titles, to_attr="loaded_texts"))
    return {row.pk: row for row in rows}


def cards_of(
    keys: Sequence[int], moderator: AbstractBaseUser, besides: Sequence[int] = ()
) -> tuple[list[Card], dict[int, Comment]]:
    """In the order of the keys, and all comments that were read for it; six statements, however many there are."""
    if not keys:
        return [], comments_in(besides)
    clusters, authors = alike(keys, moderator.pk), by_author(keys, OF_AUTHOR)
    addresses = _addresses(keys)
    beside = {key for cluster in clusters.values() for key in cluster.all[:ALIKE_BESIDE]}
    beside |= {key for others in authors.values() for key in others}
    rows = comments_in([*keys, *beside, *besides])
    decisions = Decision.objects.last_about({key for others in authors.values() for key in others})
    cards = []
    for key in keys:
        if key not in rows:
            continue
        others = [Before(rows[other], decisions.get(other)) for other in authors.get(key, []) if other in rows]
        card = _card(rows[key], clusters.get(key, Alike()), others, rows)
        card.has_address = key in addresses
        card.hints += hints_about(
            is_disposable=addresses.get(key, False),
            is_first=key in addresses and not others,
            rejected=sum(other.comment.state in REFUSED for other in others),
        )
        cards.append(card)
    return cards, rows


def _card(comment: Comment, cluster: Alike, others: list[Before], rows: dict[int, Comment]) -> Card:
    return Card(
        comment,
        hints=hints_in(comment.text, comment.written_in),
        before=others,
        same=[rows[key] for key in cluster.same[:ALIKE_BESIDE] if key in rows],
        near=[rows[key] for key in cluster.near[: max(0, ALIKE_BESIDE - len(cluster.same))] if key in rows],
        alike_count=len(cluster.same) + len(cluster.near),
        waiting_of_author=sum(other.comment.waits_since is not None for other in others),
    )


def _addresses(keys: Sequence[int]) -> dict[int, bool]:
    """Of comments whose author's address is still known: whether it is a disposable one."""
    with connection.cursor() as cursor:
        cursor.execute(ADDRESS_SQL, [list(keys)])
        return dict(cursor.fetchall())
