"""Mail to people: the outbox it waits in, what it says when it is sent, how it is sent, and what comes back."""
