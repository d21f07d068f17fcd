"""Django's entry to the signing engine."""

from django.apps import AppConfig, apps
from django.utils.translation import gettext_lazy as _


class PetitionsConfig(AppConfig):
    name = "petitions"
    verbose_name = _("Petitions")


def duties_of_other_apps() -> dict[str, tuple[str, float]]:
    """What other apps have the worker do: where the verb is found, and every so many seconds.

    They name it in their `worker_duties`: nothing of theirs is known here.
    """
    return {name: duty for app in apps.get_app_configs() for name, duty in getattr(app, "worker_duties", {}).items()}
