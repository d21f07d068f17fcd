"""Django's entry to the staff's site."""

from django.contrib.admin.apps import AdminConfig


class StaffSiteConfig(AdminConfig):
    default_site = "campaign_site.staff.StaffSite"
