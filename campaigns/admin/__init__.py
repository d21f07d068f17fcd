"""Screens for organizers of campaigns. They show and ask; what happens is in the campaigns' own modules."""

from . import calls, campaigns, cities, content, letters, reports, stories, targets

__all__ = ["calls", "campaigns", "cities", "content", "letters", "reports", "stories", "targets"]
