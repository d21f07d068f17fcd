"""How long the moderators' desk takes to show the next comment, with a thousand and with a million comments:
`python -m bench.desk [comments]`.

On an embedded database of its own, in this process, without network and browser.
"""

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from dev.database import Database

# A third is signed; one in 200 waits, most of these in four languages; an author wrote ten of them on average.
COMMENTS_SQL = """
    INSERT INTO petitions_comment (petition_id, signature_id, name, email, canonical_email, text, language, written_in,
        written_in_confidence, written_in_source, state, created_at, confirmed_at, decided_at, words_hash, word_bands)
    SELECT %(petition)s, CASE WHEN n %% 3 = 0 THEN %(first)s + n %% %(signers)s END,
        CASE WHEN n %% 3 = 0 THEN '' ELSE 'Rosa' END, '',
        CASE WHEN n %% 3 = 0 THEN '' ELSE 'author' || n %% (%(number)s / 10) || '@mail.example' END,
        repeat('Words that somebody wrote, ' || n %% 5000 || '. ', 8), 'en',
        (ARRAY['en', 'en', 'it', 'ko', 'de', ''])[1 + n %% 6], 90, 'detector',
        CASE WHEN n %% 200 = 7 OR %(all_wait)s THEN 'pending' ELSE 'approved' END,
        now() - (n || ' seconds')::interval, now() - (n || ' seconds')::interval, now(),
        n %% 5000, ARRAY(SELECT (n %% 5000) * 100 + band FROM generate_series(1, 12) band)
    FROM generate_series(1, %(number)s) n
"""
SIGNERS_SQL = """
    INSERT INTO petitions_signature (petition_id, name, email, canonical_email, country, city, city_key, language,
        visibility, wants_updates, state, review_reason, signed_text_id, signed_at, confirmed_at)
    SELECT %(petition)s, 'Elena Marchi', 's' || n || '@mail.example', 's' || n || '@mail.example', 'IT', 'Milano',
        'milano', 'it', 'initial', true, 'confirmed', '', %(text)s, now(), now()
    FROM generate_series(1, %(signers)s) n
"""
ROUNDS = 15


def fill(number: int, *, all_wait: bool) -> None:
    from django.db import connection
    from django.utils import timezone

    from petitions.models import Comment, Decision, Petition, PetitionText, Signature, SignedText

    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE petitions_petition CASCADE")
    petition = Petition.objects.create(slug="bench", status="open", opened_at=timezone.now())
    PetitionText.objects.create(petition=petition, language="en", title="t", addressed_to="a", body="b")
    text = SignedText.objects.create(petition=petition, digest="bench", language="en", title="t", body="b")
    values: dict[str, Any] = {"petition": petition.pk, "text": text.pk, "signers": max(1, number // 30)}
    with connection.cursor() as cursor:
        cursor.execute(SIGNERS_SQL, values)
        first = Signature.objects.order_by("pk").values_list("pk", flat=True)[0]
        cursor.execute(COMMENTS_SQL, values | {"first": first, "number": number, "all_wait": all_wait})
        cursor.execute("VACUUM ANALYZE")
    assert Comment.objects.count() == number
    assert not Decision.objects.exists()


def measure(client: Any, query: str) -> tuple[float, float, int]:
    """Median and worst milliseconds, and the number of statements."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    url = reverse("admin:petitions_comment_desk") + query
    client.get(url, headers={"X-Desk": "1"})
    took = []
    for _round in range(ROUNDS):
        began = time.perf_counter()
        answer = client.get(url, headers={"X-Desk": "1"})
        took.append((time.perf_counter() - began) * 1000)
        assert answer.status_code == 200
    with CaptureQueriesContext(connection) as statements:
        client.get(url, headers={"X-Desk": "1"})
    if os.environ.get("SHOW"):
        for one in sorted(statements, key=lambda one: -float(one["time"]))[:4]:
            print("   ", one["time"], " ".join(one["sql"].split())[:110])
    return statistics.median(took), max(took), len(statements)


def main(largest: int) -> None:
    from django.conf import settings
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.test import Client

    from petitions.models import DeskChoice

    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", verbosity=0)
    moderator = User.objects.create_superuser("moderator")
    client = Client()
    client.force_login(moderator)
    for number, all_wait in ((1000, False), (largest, False), (largest, True)):
        fill(number, all_wait=all_wait)
        waits = "all of them waiting" if all_wait else f"{number // 200:,} waiting"
        for name, languages, query in (
            ("every language", "", ""),
            ("two languages", "ko de", ""),
            ("from the middle on", "", f"?from={_middle()}"),
        ):
            DeskChoice.objects.update_or_create(moderator=moderator, defaults={"languages": languages})
            median, worst, statements = measure(client, query)
            print(
                f"{number:9,} comments, {waits:20} {name:18} {median:5.0f} ms, worst {worst:4.0f} ms, "
                f"{statements} statements",
                flush=True,
            )


def _middle() -> int:
    from django.db.models import Avg

    from petitions.models import Comment

    return int(Comment.objects.aggregate(middle=Avg("pk"))["middle"])


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        database = Database(Path(folder) / "postgres")
        os.environ |= {
            "DATABASE_URL": database.start(),
            "DATABASE_LIMITS": "command",
            "DJANGO_SETTINGS_MODULE": "campaign_site.settings",
        }
        import django

        django.setup()
        try:
            main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
        finally:
            from django.db import connections

            connections.close_all()
