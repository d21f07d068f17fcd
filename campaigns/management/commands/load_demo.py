"""Loads the demonstration campaigns and prints the logins to try the admin with."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from campaigns.demo.loader import load
from campaigns.demo.staff import ADMINISTRATOR, MODERATOR, ORGANIZER, DemoRefusedError, password_of

LABELS = {ORGANIZER: "Organizer", MODERATOR: "Moderator", ADMINISTRATOR: "Administrator"}


class Command(BaseCommand):
    help = "Loads demonstration campaigns with fictional supporters. Safe to repeat; refused in production."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            load()
        except DemoRefusedError as error:
            raise CommandError(str(error)) from error
        for name, label in LABELS.items():
            self.stdout.write(f"{label}: {name} / {password_of(name)}")
