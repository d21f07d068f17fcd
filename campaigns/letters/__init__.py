"""Suggested letters: composed, carried by mail, set on paper."""
