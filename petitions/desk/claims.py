"""Two moderators never have the same comment before them: each holds a few for some minutes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from ..models import CommentClaim

# Whoever is called away gives back what they hold; long enough to read a hard one twice.
LEASE = timedelta(minutes=5)
# The one before the moderator, and those that come next without waiting.
HELD_AT_ONCE = 4
# Others may be taking the first of them in this moment, and many may say the same.
LOOKED_AT = 150

# After every comment there is.
LAST = 2**62

# As the conditions of the indexes have it, or they are not used.
WAITING = "(c.state = 'pending' OR (c.state = 'approved' AND c.reported_at IS NOT NULL)) AND c.confirmed_at IS NOT NULL"
APPROVED_UNSEEN = "c.unseen_since IS NOT NULL AND c.state = 'approved'"

STANDS = """
    SELECT c.id, c.words_hash FROM petitions_comment c LEFT JOIN petitions_signature s ON s.id = c.signature_id
    WHERE {queue} AND c.confirmed_at IS NOT NULL AND (c.signature_id IS NULL OR s.state = 'confirmed')
        AND (c.left_by IS NULL OR c.left_by <> %(moderator)s) AND {which}
        AND NOT EXISTS (
            SELECT FROM petitions_commentclaim k
            WHERE k.comment_id = c.id AND k.until > clock_timestamp() AND k.moderator_id <> %(moderator)s
        )
"""
ANY_LANGUAGE = STANDS + " ORDER BY c.id LIMIT %(looked_at)s"
# Each language by its own part of the index: what waits in another one costs nothing.
THESE_LANGUAGES = f"""
    SELECT found.id, found.words_hash FROM unnest(%(languages)s::text[]) AS tags(tag)
    CROSS JOIN LATERAL ({STANDS} AND c.written_in = tags.tag ORDER BY c.id LIMIT %(looked_at)s) found
    ORDER BY found.id LIMIT %(looked_at)s
"""
# Of two at once the second passes over what the first is taking. One that was too late to see it loses by the
# conflict, and holds one less. Different texts first: after a decision on all alike the next one lies ready too.
TAKE_SQL = """
    WITH candidates AS MATERIALIZED ({candidates}),
    ranked AS MATERIALIZED (
        SELECT id, row_number() OVER (PARTITION BY COALESCE(words_hash, id) ORDER BY id) AS turn FROM candidates
    ),
    wanted AS MATERIALIZED (
        SELECT c.id FROM ranked JOIN petitions_comment c ON c.id = ranked.id
        ORDER BY ranked.turn, c.id LIMIT %(size)s FOR NO KEY UPDATE OF c SKIP LOCKED
    ),
    left_behind AS (
        DELETE FROM petitions_commentclaim
        WHERE moderator_id = %(moderator)s AND NOT comment_id = ANY(ARRAY(SELECT id FROM wanted))
    )
    INSERT INTO petitions_commentclaim AS claim (comment_id, moderator_id, until)
    SELECT id, %(moderator)s, clock_timestamp() + %(lease)s FROM wanted ORDER BY id
    ON CONFLICT (comment_id) DO UPDATE SET moderator_id = EXCLUDED.moderator_id, until = EXCLUDED.until
    WHERE claim.until <= clock_timestamp() OR claim.moderator_id = EXCLUDED.moderator_id
    RETURNING comment_id, until
"""


@dataclass(frozen=True)
class Scope:
    """Which comments are asked for. No languages: all of them."""

    languages: Sequence[str] = ()
    # Those a rule approved, that nobody has looked at yet.
    is_afterwards: bool = False

    @property
    def queue(self) -> str:
        return APPROVED_UNSEEN if self.is_afterwards else WAITING


@dataclass(frozen=True)
class Held:
    keys: list[int]
    until: datetime | None


def take(moderator: AbstractBaseUser, scope: Scope, *, start: int = 0, size: int = HELD_AT_ONCE) -> Held:
    """The oldest from this number on that nobody else holds, now this moderator's; what they held before is free."""
    candidates = THESE_LANGUAGES if scope.languages else ANY_LANGUAGE
    sql = TAKE_SQL.format(candidates=candidates.format(queue=scope.queue, which="c.id >= %(start)s"))
    values = {
        "moderator": moderator.pk,
        "languages": list(scope.languages),
        "start": start,
        "size": size,
        "looked_at": LOOKED_AT,
        "lease": LEASE,
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows = sorted(cursor.fetchall())
    return Held([key for key, _until in rows], max((until for _key, until in rows), default=None))


def one_before(moderator: AbstractBaseUser, scope: Scope, number: int) -> int | None:
    """The nearest comment of the queue before this one."""
    stands = STANDS.format(queue=scope.queue, which="c.id < %(number)s") + (
        " AND c.written_in = ANY(%(languages)s)" if scope.languages else ""
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"{stands} ORDER BY c.id DESC LIMIT 1",
            {"moderator": moderator.pk, "number": number, "languages": list(scope.languages)},
        )
        row = cursor.fetchone()
    return row[0] if row else None


def give_back(moderator: AbstractBaseUser, until: datetime) -> None:
    """On leaving the desk: what was held until then. What another page of theirs took since, stays."""
    CommentClaim.objects.filter(moderator_id=moderator.pk, until__lte=until).delete()


def held_by_others(keys: Collection[int], moderator: AbstractBaseUser) -> QuerySet[CommentClaim]:
    live = CommentClaim.objects.filter(comment_id__in=list(keys), until__gt=timezone.now())
    return live.exclude(moderator_id=moderator.pk).select_related("moderator")
