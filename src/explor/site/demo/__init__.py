"""Invented data of a season: the same seed gives the same season, relative to today."""
