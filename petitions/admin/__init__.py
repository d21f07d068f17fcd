"""Screens for organizers and moderators of petitions. They show and ask; every act is a verb of the engine."""

from . import (
    comments,
    decisions,
    domains,
    findings,
    followers,
    invalidations,
    limits,
    lists,
    operators,
    outbox,
    petitions,
    reasons,
    signatures,
    staff,
    watched_words,
)

__all__ = [
    "comments",
    "decisions",
    "domains",
    "findings",
    "followers",
    "invalidations",
    "limits",
    "lists",
    "operators",
    "outbox",
    "petitions",
    "reasons",
    "signatures",
    "staff",
    "watched_words",
]
