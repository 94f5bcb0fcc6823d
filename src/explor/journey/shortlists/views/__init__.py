"""Pages of shortlists, by role."""
