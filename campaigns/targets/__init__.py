"""Targets: whether and how they can be reached."""
