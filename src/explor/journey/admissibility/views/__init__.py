"""Pages of admissibility: one module per role, and the confirmation pages of actions."""
