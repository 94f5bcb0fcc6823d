"""Pages of the lending rules."""
