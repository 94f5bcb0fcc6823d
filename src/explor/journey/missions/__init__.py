"""Missions: preparation, clearance, departure and return, or another outcome."""
