"""The outbox for superusers, as its package shows it; without its screen for mail templates.

Our mails are files, and that screen loads scripts from other sites.
"""

from django.contrib import admin
from post_office import admin as registered_first  # noqa: F401 - the import registers what is taken away here
from post_office.models import EmailTemplate

admin.site.unregister(EmailTemplate)
