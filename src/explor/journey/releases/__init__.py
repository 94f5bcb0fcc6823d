"""Releases: an employer formally grants leave to an expert, and the parties sign an agreement."""
