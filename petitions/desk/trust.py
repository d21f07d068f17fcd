"""Authors whom a petition trusts: their words are public at once, and a moderator looks at them afterwards."""

from django.db import connection, transaction
from django.utils import timezone

from .. import moderation
from ..models import Comment
from .hints import holds_personal_data

AT_ONCE = 50
# Who was ever rejected, hidden or taken for a robot is not trusted. Only petitions that trust anybody are looked at,
# and each comment once: just after its words were compared.
TRUSTED_SQL = """
    SELECT c.id FROM petitions_comment c
    JOIN petitions_petition p ON p.id = c.petition_id AND p.trusts_after IS NOT NULL
    LEFT JOIN petitions_signature s ON s.id = c.signature_id
    CROSS JOIN LATERAL (SELECT NULLIF(COALESCE(s.canonical_email, c.canonical_email), '') AS address) author
    CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE others.state = 'approved' AND others.unseen_since IS NULL) AS approved,
            count(*) FILTER (WHERE others.state IN ('rejected', 'spam', 'hidden')) AS refused
        FROM (
            SELECT other.id, other.state, other.unseen_since FROM petitions_comment other
            WHERE other.canonical_email = author.address AND other.petition_id = p.id
            UNION
            SELECT other.id, other.state, other.unseen_since FROM petitions_signature signed
            JOIN petitions_comment other ON other.signature_id = signed.id
            WHERE signed.canonical_email = author.address AND other.petition_id = p.id
        ) others
    ) so_far
    WHERE c.id = ANY(%s) AND c.state = 'pending' AND c.asked_again_at IS NULL AND c.decided_at IS NULL
        AND c.left_by IS NULL AND so_far.refused = 0 AND so_far.approved >= p.trusts_after
"""


def let_in(keys: list[int]) -> list[int]:
    """Of these comments, just confirmed, approve those of trusted authors; their keys. Personal data waits."""
    with connection.cursor() as cursor:
        cursor.execute(TRUSTED_SQL, [keys])
        trusted = [key for (key,) in cursor.fetchall()]
    rows = Comment.objects.filter(pk__in=trusted).select_related("signature")
    seen = {row.pk: row.as_seen for row in rows if not holds_personal_data(row.text)}
    if not seen:
        return []
    with transaction.atomic():
        done = moderation.decide("approve", seen, None, note="trusted author")
        Comment.objects.filter(pk__in=done).update(unseen_since=timezone.now())
    return done
