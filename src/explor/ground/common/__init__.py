"""Manners shared by every capability; no word of the scheme in it."""
