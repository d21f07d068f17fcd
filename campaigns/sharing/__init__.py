"""Posts and links: other sites' own pages. Nothing of theirs is loaded here."""
