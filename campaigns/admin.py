"""Gathers the screens of all rooms for Django, which looks for them here."""

from .calls import admin as calls
from .letters import admin as letters
from .mailing import admin as mailing
from .reports import admin as reports
from .studio.admin import campaigns, cities, content, petitions, stories
from .targets import admin as targets

__all__ = [
    "calls",
    "campaigns",
    "cities",
    "content",
    "letters",
    "mailing",
    "petitions",
    "reports",
    "stories",
    "targets",
]
