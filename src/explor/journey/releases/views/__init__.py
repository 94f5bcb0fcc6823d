"""Pages of the releases."""
