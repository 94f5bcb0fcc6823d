"""Seeded, believable data of a whole season: same seed, same season, relative to today."""
