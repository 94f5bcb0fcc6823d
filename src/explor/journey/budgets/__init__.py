"""Planned, committed, paid."""
