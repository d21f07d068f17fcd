"""Django's entry to the staff's site."""

from django.contrib.admin.apps import AdminConfig


class StaffSiteConfig(AdminConfig):
    default_site = "campaign_site.staff.StaffSite"

    def ready(self) -> None:
        super().ready()
        # Only now: models and the screens of all apps are there.
        from django.contrib import admin

        from .second_factor.admin import take_over

        take_over(admin.site)
