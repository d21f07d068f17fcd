"""Screens for organizers and moderators of petitions. They show and ask; every act is a verb of the engine."""

from . import (
    comments,
    decisions,
    domains,
    followers,
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
    "followers",
    "operators",
    "outbox",
    "petitions",
    "reasons",
    "signatures",
    "staff",
    "watched_words",
]
