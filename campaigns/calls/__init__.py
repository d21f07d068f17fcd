"""Calling those who decide: whom, when, and what to say."""
