"""Pages of plans, one module per role."""
