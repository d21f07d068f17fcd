"""Screens for organizers and moderators of petitions. They show and ask; every act is a verb of the engine."""

from . import comments, domains, followers, invalidations, operators, outbox, petitions, signatures, staff

__all__ = [
    "comments",
    "domains",
    "followers",
    "invalidations",
    "operators",
    "outbox",
    "petitions",
    "signatures",
    "staff",
]
