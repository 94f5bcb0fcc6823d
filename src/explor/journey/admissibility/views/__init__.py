"""Pages of admissibility."""
