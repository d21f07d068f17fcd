"""Screens on which organizers write campaigns, stories and what belongs to them."""
