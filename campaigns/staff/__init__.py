"""Bases of the screens for organizers."""
