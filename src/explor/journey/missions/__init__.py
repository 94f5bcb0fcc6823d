"""Preparation, clearance, departure, return, ends."""
