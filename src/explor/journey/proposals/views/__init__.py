"""Pages of proposals, by role."""
