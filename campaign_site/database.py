"""How long each kind of process may keep the database busy, and others waiting."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Limits:
    """In seconds; 0 is no limit. `idle` is a transaction in which nothing happens."""

    statement: int
    lock: int
    idle: int
    connect: int

    @property
    def as_options(self) -> str:
        """As libpq sends them when it connects: no statement more, and nothing to put back afterwards."""
        limits = {
            "statement_timeout": self.statement,
            "lock_timeout": self.lock,
            "idle_in_transaction_session_timeout": self.idle,
        }
        return " ".join(f"-c {name}={seconds * 1000}" for name, seconds in limits.items())


LIMITS = {
    # A person waits, and a thread of the server with them.
    "web": Limits(statement=5, lock=2, idle=10, connect=3),
    "worker": Limits(statement=120, lock=10, idle=60, connect=10),
    # The lock alone: whoever waits for a whole table makes all who come after wait behind. `migrate` tries again.
    "migrate": Limits(statement=0, lock=5, idle=0, connect=10),
    "command": Limits(statement=0, lock=30, idle=0, connect=10),
}


def limited(database: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """Django's description of the database with the limits of one kind of process. What its URL says wins."""
    limits = LIMITS[kind]
    said = database.get("OPTIONS", {})
    options = {
        "connect_timeout": limits.connect,
        # A server that is cut off answers nothing, not even that a statement took too long.
        "tcp_user_timeout": max(limits.statement * 2, 30) * 1000,
        **said,
        "options": f"{limits.as_options} {said.get('options', '')}".strip(),
    }
    return {**database, "OPTIONS": options}
