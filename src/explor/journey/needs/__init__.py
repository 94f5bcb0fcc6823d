"""Needs, terms of reference, admissibility."""
