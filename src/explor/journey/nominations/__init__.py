"""Somebody whom an employer names for a wanted profile, and who says yes or no."""
