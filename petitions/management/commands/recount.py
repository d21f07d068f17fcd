"""`manage.py recount`: prove that the counts are the signatures."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from petitions import tallies
from petitions.counting import recount


class Command(BaseCommand):
    help = "Compare all counts, and the acts of ledgers, with the signatures themselves. Signing goes on meanwhile."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--repair", action="store_true", help="set counts right where they differ")

    def handle(self, *args: Any, repair: bool, **options: Any) -> None:
        drifts = recount(repair=repair)
        for drift in drifts:
            place = f"{drift.dimension} {drift.key}".strip()
            self.stdout.write(f"petition {drift.petition_id}, {place}: counted {drift.counted}, signed {drift.truth}")
        for petition_id, acts, signed in tallies.drifts():
            self.stdout.write(f"petition {petition_id}, ledger: acts add up to {acts}, signed {signed}")
        if not drifts:
            self.stdout.write(self.style.SUCCESS("Every count equals its signatures."))
        elif repair:
            self.stdout.write(self.style.SUCCESS(f"{len(drifts)} counts were set right."))
        else:
            self.stdout.write(self.style.WARNING(f"{len(drifts)} counts differ; --repair sets them right."))
