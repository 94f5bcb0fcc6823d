"""Pages of the bias watch, one file per role."""
