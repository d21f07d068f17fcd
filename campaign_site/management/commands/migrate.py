"""`manage.py migrate`: Django's own, and then the roles of staff."""

from typing import Any

from django.core.management.commands import migrate

from campaign_site.roles import sync_roles


class Command(migrate.Command):
    help = f"{migrate.Command.help} The roles of staff are brought up to date after it."

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        # On the way to an older state the rights of newer models may be missing.
        if options["app_label"] is None and not options["plan"]:
            sync_roles(options["database"])
