"""Screens for organizers and moderators of petitions. They show and ask; every act is a verb of the engine."""

from . import comments, domains, followers, limits, lists, operators, outbox, petitions, signatures, staff

__all__ = [
    "comments",
    "domains",
    "followers",
    "limits",
    "lists",
    "operators",
    "outbox",
    "petitions",
    "signatures",
    "staff",
]
