"""What models validate with: placeholders, contacts, networks."""
