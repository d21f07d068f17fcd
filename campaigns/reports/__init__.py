"""Contacts that visitors say are wrong."""
