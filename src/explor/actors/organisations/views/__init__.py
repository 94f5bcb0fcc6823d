"""Pages of organisations, for their members and for networks."""
