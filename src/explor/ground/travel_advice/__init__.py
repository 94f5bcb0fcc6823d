"""Readings of the ministry's travel advice on places, which officers record with their dates."""
