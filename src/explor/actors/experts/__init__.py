"""Experts: their profiles, their availability and their consents to networks."""
