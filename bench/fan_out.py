"""How long counting and queueing a mailing to a million people takes: `python -m bench.fan_out [people]`.

On an embedded database of its own, as durable as in production, with signatures made by generate_series.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

from dev.database import Database

PEOPLE_SQL = """
    INSERT INTO petitions_signature (petition_id, name, email, canonical_email, country, city, city_key, language,
        visibility, wants_updates, state, review_reason, signed_text_id, signed_at, confirmed_at)
    SELECT %(petition)s, 'Elena Marchi', address, address, 'IT', 'Milano', 'milano',
        (ARRAY['it', 'en', 'ko'])[1 + n %% 3], 'initial', true, 'confirmed', '', %(text)s, now(), now()
    FROM (SELECT n, 'signer' || n || '@mail.example' AS address FROM generate_series(%(first)s, %(last)s) n) people
"""
STOPPED_SQL = """
    INSERT INTO petitions_suppression (petition_id, address_hash, reason, created_at)
    SELECT NULL, encode(sha256(convert_to('nobody' || n, 'UTF8')), 'hex'), 'bounced', now()
    FROM generate_series(1, %s) n
"""


def main(people: int) -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    from petitions.mail import fan_out
    from petitions.models import Mailing, OutboxMail, Petition, SignedText

    call_command("migrate", verbosity=0)
    petitions = [Petition.objects.create(slug=f"p{n}", status="open", opened_at=timezone.now()) for n in (1, 2)]
    # A tenth has signed both petitions.
    for petition, first, last in ((petitions[0], 1, people), (petitions[1], people - people // 10 + 1, people)):
        text = SignedText.objects.create(petition=petition, digest=petition.slug, language="en", title="t", body="b")
        with connection.cursor() as cursor:
            values = {"petition": petition.pk, "text": text.pk, "first": first, "last": last}
            cursor.execute(PEOPLE_SQL, values)
    with connection.cursor() as cursor:
        cursor.execute(STOPPED_SQL, [people // 50])
        cursor.execute("VACUUM ANALYZE")
    mailing = Mailing.objects.create(about="bench", source_language="en", state="sending", starts_at=timezone.now())
    for petition in petitions:
        mailing.audiences.create(petition=petition)

    began = time.monotonic()
    counted = sum(fan_out.count_recipients("bench", [petition.pk for petition in petitions]).values())
    print(f"counted {counted:,} people in {time.monotonic() - began:.1f} s")
    began, longest = time.monotonic(), 0.0
    while True:
        batch_began = time.monotonic()
        if not fan_out.queue_batch():
            break
        longest = max(longest, time.monotonic() - batch_began)
    seconds = time.monotonic() - began
    print(f"queued {OutboxMail.objects.count():,} mails in {seconds:.1f} s, the longest batch {longest:.2f} s")


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
            database.release()
