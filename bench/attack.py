"""A flood of signatures by machines, found, taken out and brought back: `python -m bench.attack [bots] [honest]`.

On an embedded database of its own. Signers go on signing and confirming all the while, through the verbs; counts are
proved at every step.
"""

import multiprocessing
import os
import random
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from dev.database import Database

FORK = multiprocessing.get_context("fork")
NETWORKS = ["203.0.113.0/24", "198.51.100.0/24", "192.0.2.0/24"]
DOMAINS = ["gmail.com", "naver.com", "libero.it", "proton.me", "mail.example"]
NAMES = ["Elena Marchi", "김하늘", "Marco Neri", "Ada Byron", "이서연", "Jonas Weber", "Chloé Roux"]


def store(petition: Any, text: Any, number: int, *, is_bot: bool) -> list[Any]:
    """Confirmed signatures past the verbs, as if each had been signed at its time."""
    from django.utils import timezone

    from petitions.address_hashes import network_hash
    from petitions.models import Signature

    chance, now, rows = random.Random(number), timezone.now(), []
    for n in range(number):
        ago = timedelta(seconds=chance.randrange(3600 * 2 if is_bot else 3600 * 120))
        signed_at = now - ago - timedelta(hours=0 if is_bot else 2)
        network = chance.choice(NETWORKS) if is_bot else f"10.{n // 250}.{n % 250}.0/24"
        email = f"s{n}@bots.example" if is_bot else f"h{n}@{chance.choice(DOMAINS)}"
        country = "IT" if chance.random() < 0.7 else "KR"
        rows.append(
            Signature(
                petition=petition,
                signed_text=text,
                name=chance.choice(NAMES) if not is_bot else f"Bot {chance.choice('abcdefgh')}",
                email=email,
                canonical_email=email,
                country=country,
                city="Milano",
                city_key="milano",
                language="it" if country == "IT" else "ko",
                state="confirmed",
                signed_at=signed_at,
                confirmed_at=signed_at + timedelta(seconds=2 if is_bot else chance.randrange(20, 3000)),
                network_hash=network_hash(petition.pk, network),
            )
        )
    return Signature.objects.bulk_create(rows, batch_size=2000)


class Signers:
    """People who sign and confirm meanwhile, through the verbs, in a process of their own as on a server."""

    def __init__(self, petition: Any, text: Any) -> None:
        self.petition, self.text = petition, text
        self.count, self.stop = FORK.Value("i", 0), FORK.Event()
        self.process = FORK.Process(target=self._run)

    def start(self) -> None:
        from django.db import connections

        connections.close_all()
        self.process.start()

    def _run(self) -> None:
        from petitions.signing import SigningDetails, confirm, sign

        while not self.stop.is_set():
            number = self.count.value
            details = SigningDetails(
                name="Ada Byron",
                email=f"new{number}@mail.example",
                country="IT",
                city="Milano",
                language="it",
                visibility="initial",
                wants_updates=False,
            )
            confirm(sign(self.petition, self.text, details, network=f"10.200.{number % 250}.0/24"))
            self.count.value += 1

    def rate(self, act: Any) -> tuple[float, Any]:
        """Signatures a second while `act` runs, and its outcome."""
        began, before = time.monotonic(), self.count.value
        outcome = act()
        return (self.count.value - before) / max(0.001, time.monotonic() - began), outcome


def proved(step: str, petition: Any) -> None:
    from petitions.counting import exact_count, recount

    drifts = recount()
    print(f"{step}: {exact_count(petition):,} counted, {len(drifts)} drifts")
    assert drifts == [], drifts


def worked(longest: list[float]) -> int:
    """All batches that wait, as the worker does them; how many."""
    from petitions.counting import roll_up
    from petitions.integrity import invalidations

    batches = 0
    while True:
        began = time.monotonic()
        if not invalidations.proceed_gently():
            return batches
        # Two thirds of it are the pause.
        longest.append((time.monotonic() - began) / 3)
        batches += 1
        roll_up()


def main(bots: int, honest: int) -> None:
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from django.utils import timezone

    from petitions.consent import record_of_text
    from petitions.counting import exact_count, recount
    from petitions.integrity import findings, invalidations, objections, trends
    from petitions.integrity.criteria import preview
    from petitions.models import Invalidation, Petition, PetitionText, Signature, TrendFinding, TrendMark

    call_command("migrate", verbosity=0)
    opened_at = timezone.now() - timedelta(days=9)
    petition = Petition.objects.create(slug="attacked", status="open", opened_at=opened_at)
    words = PetitionText.objects.create(petition=petition, language="it", title="t", body="b", addressed_to="a")
    text = record_of_text(petition, words)
    people = [get_user_model().objects.create_user(name, is_staff=True) for name in ("first", "second")]

    def read() -> None:
        for _round in range(2):
            trends.fill()
            # As if the time that signatures wait before they are read had passed.
            TrendMark.objects.update(ready_at=timezone.now() - timedelta(hours=3))
            while trends.fill():
                TrendMark.objects.update(ready_at=timezone.now() - timedelta(hours=3))

    read()
    store(petition, text, honest, is_bot=False)
    read()
    findings.judge()
    print(f"{honest:,} honest ones: {TrendFinding.objects.count()} findings")
    unlucky = store(petition, text, bots, is_bot=True)[0]
    began = time.monotonic()
    read()
    print(f"{bots:,} signatures read into roll-ups in {time.monotonic() - began:.1f} s")
    began = time.monotonic()
    findings.judge()
    print(f"judged in {time.monotonic() - began:.2f} s:")
    for finding in TrendFinding.objects.order_by("pk"):
        print("  ", finding.sentence)
    recount(repair=True)
    proved("before", petition)
    before = dict(Signature.objects.values_list("pk", "state"))

    signers = Signers(petition, words)
    signers.start()
    alone, _none = signers.rate(lambda: time.sleep(5))
    domain = TrendFinding.objects.get(dimension="domain")
    asked = Invalidation(
        petition=petition,
        mail_domain=domain.key,
        signed_from=domain.hour - timedelta(hours=3),
        reason="Thousands from three networks within two hours",
        public_reason="machine",
        below=invalidations.newest_key(),
    )
    began = time.monotonic()
    found = preview(asked)
    print(f"preview: {found.count:,}, {found.honest_percent} % look honest, in {time.monotonic() - began:.2f} s")
    invalidations.ask(asked, people[0])
    invalidations.agree(asked, people[1])
    longest: list[float] = []
    meanwhile, batches = signers.rate(lambda: worked(longest))
    print(f"taken out in {batches} batches, the longest {max(longest):.2f} s")
    again, _none = signers.rate(lambda: time.sleep(5))
    alone = (alone + again) / 2
    print(f"signing meanwhile: {meanwhile:.0f} a second, {100 * meanwhile / alone:.0f} % of {alone:.0f} alone")
    proved("invalidated", petition)

    unlucky = Signature.objects.get(pk=unlucky.pk)
    objections.object_to(unlucky, "I do exist.")
    objections.uphold(objections.own_objection(unlucky), people[1])  # type: ignore[arg-type]
    proved("one objection upheld", petition)

    asked.refresh_from_db()
    invalidations.undo(asked, people[0])
    longest = []
    meanwhile, batches = signers.rate(lambda: worked(longest))
    print(f"brought back in {batches} batches, the longest {max(longest):.2f} s, signing {meanwhile:.0f} a second")
    signers.stop.set()
    signers.process.join()
    proved("undone", petition)
    after = dict(Signature.objects.values_list("pk", "state"))
    assert all(after[key] == state for key, state in before.items()), "somebody did not come back as before"
    assert exact_count(petition) == len(before) + signers.count.value
    print(f"every one of {len(before):,} is as before; {signers.count.value:,} signed meanwhile, all counted")


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
        sizes = [int(size) for size in sys.argv[1:3]]
        try:
            main(*(sizes + [20_000, 5_000][len(sizes) :]))
        finally:
            from django.db import connections

            connections.close_all()
            database.release()
