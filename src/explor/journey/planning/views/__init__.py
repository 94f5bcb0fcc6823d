"""The pages of the plans, a module per role."""
