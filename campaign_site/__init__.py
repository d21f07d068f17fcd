"""Wiring of the site: settings, addresses and security. It imports the apps; nothing imports it."""
