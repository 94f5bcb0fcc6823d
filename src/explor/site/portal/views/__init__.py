"""Homes."""
