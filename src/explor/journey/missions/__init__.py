"""Missions: preparation, clearance (permission to leave), departure, return, other outcomes."""
