"""Calls, dates, grids, envelopes."""
