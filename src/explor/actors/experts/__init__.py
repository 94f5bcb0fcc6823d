"""Profiles, availability, consent."""
