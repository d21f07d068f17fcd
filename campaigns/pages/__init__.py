"""The pages on which campaigns are found and read."""
