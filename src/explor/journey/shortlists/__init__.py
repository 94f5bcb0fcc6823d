"""Shortlists: the experts ranked for a need, with reasons; public list of missions to fill."""
