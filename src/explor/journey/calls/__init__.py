"""Calls for projects of a network: dates, grid, envelopes and rules."""
