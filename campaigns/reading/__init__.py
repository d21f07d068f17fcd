"""A campaign as one reader sees it."""
