"""Pages on equality of chances, one file per role."""
