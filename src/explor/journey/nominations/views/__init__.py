"""Pages of the people whom employers name."""
