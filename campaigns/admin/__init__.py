"""Screens for organizers of campaigns. They show and ask; what happens is in the campaigns' own modules."""

from . import campaigns, cities, content, letters, stories, targets

__all__ = ["campaigns", "cities", "content", "letters", "stories", "targets"]
