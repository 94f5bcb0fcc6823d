"""Seeded, believable data of a whole season."""
