"""Django's entry to the campaigns."""

from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CampaignsConfig(AppConfig):
    name = "campaigns"
    verbose_name = _("Campaigns")
    # What the worker does for us: a verb, and every so many seconds.
    worker_duties: ClassVar[dict[str, tuple[str, float]]] = {
        "renditions": ("campaigns.studio.renditions.make_one", 15),
        "share pictures": ("campaigns.sharing.share_pictures.draw_some", 15),
    }
