"""Benchmark of two hundred associations that file in the last minutes of a call."""
