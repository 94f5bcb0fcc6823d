"""Pages on which officers manage their own network."""
