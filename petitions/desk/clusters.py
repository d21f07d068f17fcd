"""Comments that belong together: the same words, nearly the same words, the same author."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction

from ..models import Comment
from .likeness import BANDS_ALIKE, word_bands, words_hash
from .trust import let_in

AT_ONCE = 50
# More are decided in several goes.
SHOWN_AT_MOST = 200
COUNTED_AT_MOST = 1000

WAITS = """
    (other.state = 'pending' OR (other.state = 'approved' AND other.reported_at IS NOT NULL))
    AND other.confirmed_at IS NOT NULL
"""
FREE = """
    (other.left_by IS NULL OR other.left_by <> %(moderator)s)
    AND (other.signature_id IS NULL OR EXISTS (
        SELECT FROM petitions_signature s WHERE s.id = other.signature_id AND s.state = 'confirmed'))
    AND NOT EXISTS (
        SELECT FROM petitions_commentclaim k
        WHERE k.comment_id = other.id AND k.until > now() AND k.moderator_id <> %(moderator)s)
"""
# MATERIALIZED, for the planner would rather walk the whole queue than ask the index of the bands.
ALIKE_SQL = f"""
    SELECT mine.id, found.id, found.is_same FROM petitions_comment mine
    CROSS JOIN LATERAL (
        WITH same AS MATERIALIZED (
            SELECT other.id FROM petitions_comment other
            WHERE other.words_hash = mine.words_hash AND {WAITS} AND {FREE} LIMIT %(limit)s
        ), near AS MATERIALIZED (
            SELECT other.id, other.word_bands FROM petitions_comment other
            WHERE other.word_bands && mine.word_bands AND other.words_hash <> mine.words_hash AND {WAITS} AND {FREE}
            LIMIT %(limit)s
        )
        SELECT id, true AS is_same FROM same
        UNION ALL
        SELECT id, false FROM near WHERE cardinality(ARRAY(
            SELECT unnest(near.word_bands) INTERSECT SELECT unnest(mine.word_bands))) >= {BANDS_ALIKE}
    ) found
    WHERE mine.id = ANY(%(keys)s) AND found.id <> mine.id
    ORDER BY mine.id, found.is_same DESC, found.id
"""
# The address is compared where it is stored: none is read.
AUTHOR_SQL = """
    SELECT mine.id, found.id FROM (
        SELECT c.id, NULLIF(COALESCE(s.canonical_email, c.canonical_email), '') AS address
        FROM petitions_comment c LEFT JOIN petitions_signature s ON s.id = c.signature_id WHERE c.id = ANY(%(keys)s)
    ) mine CROSS JOIN LATERAL (
        (SELECT other.id FROM petitions_comment other
         WHERE other.canonical_email = mine.address AND other.confirmed_at IS NOT NULL
         ORDER BY other.id DESC LIMIT %(limit)s)
        UNION
        (SELECT other.id FROM petitions_signature signed JOIN petitions_comment other ON other.signature_id = signed.id
         WHERE signed.canonical_email = mine.address AND other.confirmed_at IS NOT NULL
         ORDER BY other.id DESC LIMIT %(limit)s)
    ) found
    WHERE mine.address IS NOT NULL AND found.id <> mine.id
    ORDER BY mine.id, found.id DESC
"""


@dataclass
class Alike:
    """What waits and says the same, or nearly."""

    same: list[int] = field(default_factory=list)
    near: list[int] = field(default_factory=list)

    @property
    def all(self) -> list[int]:
        return (self.same + self.near)[:SHOWN_AT_MOST]


def look_at_new() -> int:
    """Digests of a few comments that nobody has compared yet, and whom their petition trusts; how many it were.

    Several workers share them.
    """
    waiting = Comment.objects.filter(confirmed_at__isnull=False, words_hash__isnull=True)
    with transaction.atomic():
        comments = list(waiting.only("pk", "text").order_by("-pk").select_for_update(skip_locked=True)[:AT_ONCE])
        for comment in comments:
            comment.words_hash = words_hash(comment.text)
            comment.word_bands = word_bands(comment.text)
        Comment.objects.bulk_update(comments, ["words_hash", "word_bands"])
    let_in([comment.pk for comment in comments])
    return len(comments)


def alike(keys: Collection[int], moderator_number: int) -> dict[int, Alike]:
    """By comment; without what others have before them or this moderator has left to others."""
    values: dict[str, Any] = {"keys": list(keys), "moderator": moderator_number, "limit": COUNTED_AT_MOST}
    found: dict[int, Alike] = {}
    with connection.cursor() as cursor:
        cursor.execute(ALIKE_SQL, values)
        for mine, other, is_same in cursor.fetchall():
            cluster = found.setdefault(mine, Alike())
            (cluster.same if is_same else cluster.near).append(other)
    return found


def by_author(keys: Collection[int], limit: int = SHOWN_AT_MOST) -> dict[int, list[int]]:
    """What the same address wrote besides, under any petition, the newest first."""
    found: dict[int, list[int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(AUTHOR_SQL, {"keys": list(keys), "limit": limit})
        for mine, other in cursor.fetchall():
            found.setdefault(mine, []).append(other)
    return found
