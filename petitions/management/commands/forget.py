"""`manage.py forget`: what the worker does by itself, all of it at once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from petitions import retention


class Command(BaseCommand):
    help = "Forget everything that is due. Refused while the database's clock has jumped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--now", action="store_true", help="the database's clock is right: go on from now")

    def handle(self, *args: Any, now: bool, **options: Any) -> None:
        if now:
            retention.believe_clock()
        total = 0
        while touched := retention.forget():
            total += touched
        if retention.is_refused():
            raise CommandError("The database's clock moved too far since the last round. If it is right, add --now.")
        self.stdout.write(self.style.SUCCESS(f"{total} rows were forgotten."))
