"""The pages of the rounds, a module per role."""
