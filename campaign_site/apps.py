"""Django's entries to the staff's site and to the site itself."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class StaffSiteConfig(AdminConfig):
    default = False
    default_site = "campaign_site.staff.StaffSite"


class SiteConfig(AppConfig):
    """Without models: it brings the commands that know all apps."""

    default = True
    name = "campaign_site"
