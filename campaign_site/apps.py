"""Django's entries to the staff's site and to the site itself."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class StaffSiteConfig(AdminConfig):
    default = False
    default_site = "campaign_site.staff.StaffSite"

    def ready(self) -> None:
        super().ready()
        # Only now: models and the screens of all apps are there.
        from django.contrib import admin

        from .second_factor.admin import take_over

        take_over(admin.site)


class SiteConfig(AppConfig):
    """Without models: it brings the commands that know all apps."""

    default = True
    name = "campaign_site"

    def ready(self) -> None:
        from django.core.checks import register

        from .checks import operator_is_named

        register(operator_is_named, deploy=True)
