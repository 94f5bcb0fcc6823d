"""Ranking, the triple yes, the reserve."""
