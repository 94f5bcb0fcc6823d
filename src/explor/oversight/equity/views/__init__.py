"""Pages of equal chances, one file per role."""
