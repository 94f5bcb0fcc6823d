"""Pages of the project sheets, by role."""
